import assert from 'node:assert/strict';
import type { RowCounts } from '../../../src/engine/engine.js';
import type { Manifest } from '../../../src/lake/manifest.js';
import { equationOf, unreconciled } from '../../../src/pipeline/reconcile.js';
import { describeEquation } from '../../../src/protocol/wording.js';
import { projectGraph } from '../../support/projectGraph.js';

interface Written {
  readonly kept: number;
  readonly dropped?: number;
  readonly counts?: RowCounts;
}

/** The equation of a model that wrote so many rows, of five records or of a table of five rows. */
async function equation(select: string, { kept, dropped, counts }: Written, ...session: readonly string[]) {
  const { graph } = await projectGraph(
    { a: [...session, `CREATE TABLE silver.a AS ${select}`] },
    { published: ['silver.t', 'silver.v'] },
  );
  const node = graph.nodes.get('silver.a') ?? assert.fail();
  const file = (rows: number) => ({ path: '', rows, bytes: 1 });
  const written = {
    kept: file(kept),
    ...(dropped !== undefined && { dropped: { ...file(dropped), failed: '_failed' } }),
    ...(counts && { counts }),
  };
  const entry = (form: string) => ({ name: 'silver.v', form, version: { rows: 5 } });
  const tables = { 'silver.t': entry('table'), 'silver.v': entry('view') };
  const landing = new Map([
    ['a.csv', { files: [{ path: 'a.csv', bytes: 1, sha256: '', records: 5 }], contractHash: '' }],
  ]);
  const found = equationOf(node, written, { manifest: { tables } as unknown as Manifest, landing });
  const problem = unreconciled(node.model, found);
  return `${problem === undefined ? '' : `${problem.code}: `}${describeEquation(found)}`;
}

const cases: readonly (readonly [string, Written, string])[] = [
  ["SELECT * FROM landing('a.csv')", { kept: 5 }, '5 in = 5 out'],
  ["SELECT * FROM landing('a.csv')", { kept: 3, dropped: 2 }, '5 in = 3 out + 2 quarantined'],
  ["SELECT * FROM landing('a.csv')", { kept: 4 }, 'model.unreconciled: 5 in ≠ 4 out'],
  ['SELECT upper(a) FROM silver.t', { kept: 6 }, 'model.unreconciled: 5 in ≠ 6 out'],
  [
    'FROM silver.t WHERE a',
    { kept: 2, dropped: 1, counts: { given: 3 } },
    '5 in = 2 out + 1 quarantined + 2 filtered',
  ],
  [
    'FROM silver.t WHERE a',
    { kept: 2, counts: { given: 3 } },
    'model.unreconciled: 5 in ≠ 2 out + 2 filtered',
  ],
  [
    'FROM silver.t WHERE a',
    { kept: 6, counts: { given: 6 } },
    'model.unreconciled: 5 in ≠ 6 out + -1 filtered',
  ],
  [
    "SELECT DISTINCT a FROM landing('a.csv') WHERE a > 1",
    { kept: 2, counts: { given: 2, deduplicated: 3 } },
    '2 out (the engine did not count what it left out)',
  ],
  [
    'SELECT DISTINCT a FROM silver.t',
    { kept: 4, counts: { given: 4, deduplicated: 1 } },
    '5 in = 4 out + 1 deduplicated',
  ],
  [
    'SELECT DISTINCT a FROM silver.t',
    { kept: 3, counts: { given: 3, deduplicated: 1 } },
    'model.unreconciled: 5 in ≠ 3 out + 1 deduplicated',
  ],
  [
    'SELECT DISTINCT a FROM silver.t WHERE a',
    { kept: 2, counts: { given: 2, deduplicated: 1 } },
    '5 in = 2 out + 2 filtered + 1 deduplicated',
  ],
  ['FROM silver.t WHERE a', { kept: 2 }, '2 out (the engine did not count its rows)'],
  [
    'SELECT DISTINCT a FROM silver.t',
    { kept: 2, counts: { given: 2 } },
    '2 out (the engine did not count what it left out)',
  ],
  ['FROM silver.v', { kept: 2 }, '2 out (silver.v is a view, whose rows are not counted)'],
  ['FROM range(3)', { kept: 3 }, '3 out (the rows of range() are not counted)'],
  ["FROM 'a.parquet'", { kept: 3 }, '3 out (a.parquet is no table of the lake)'],
  [
    'FROM silver.t JOIN silver.v USING (a)',
    { kept: 9, dropped: 1 },
    '9 out + 1 quarantined (joins can multiply rows)',
  ],
];

describe('the equation of rows', () => {
  for (const [select, written, expected] of cases) {
    it(`${select}: ${expected}`, async () => assert.equal(await equation(select, written), expected));
  }

  it('knows nothing of rows that a macro made', async () => {
    const macro = 'CREATE MACRO m(x) AS unnest([x, x]);';
    const select = 'SELECT m(a) FROM silver.t';
    assert.match(await equation(select, { kept: 9 }, macro), /the macro m can do anything with rows/);
  });
});
