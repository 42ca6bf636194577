import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { classify } from '../../../src/sql/classify.js';
import { projectForEach, rows, runOnce, statuses } from './runs.js';

const document = readFileSync(new URL('../../../../docs/notebooks.md', import.meta.url), 'utf8');

describe('docs/notebooks.md', () => {
  const project = projectForEach();
  const [shared = '', model = ''] = [...document.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, text]) => text);
  const examples = [...document.matchAll(/^\| `(?:CREATE|SET)[^|]*\| [^|]+ \| `([^`]+)` \|$/gm)];

  it('shows session statements alone', () => {
    const kinds = examples.map(([, text = '']) => {
      const found = classify(text);
      return found.kind === 'session' ? found.what : `${found.kind}: ${text}`;
    });
    assert.deepEqual(kinds, ['macro', 'type', 'variable', 'temporary table', 'temporary view', 'setting']);
  });

  it('shows what all notebooks share as it works', async () => {
    project().write('notebooks/_session.ratnb', shared);
    const customers = "SELECT 1 AS customer_id, '  Ann ' AS name, DATE '2026-02-01' AS joined";
    project().notebook('a', `CREATE TABLE bronze.customers AS ${customers}`, model);
    const record = await runOnce(project());
    assert.deepEqual(statuses(record), { 'bronze.customers': 'built', 'silver.customers': 'built' });
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM silver.customers')), [[1, 'Ann']]);
  });
});
