import assert from 'node:assert/strict';
import type { Problem } from '../../../src/protocol/problem.js';
import { problemFrom, projectForEach, runOnce } from './runs.js';

describe('an error of SQL', () => {
  const project = projectForEach((temporary) =>
    temporary.notebook('a', "CREATE TABLE bronze.sales AS SELECT 1 AS amount, DATE '2026-01-05' AS day"),
  );

  /** The problem of a query, its column on the only line first. */
  async function ofQuery(sql: string): Promise<readonly unknown[]> {
    await runOnce(project());
    return summary(await problemFrom(project().use((opened) => opened.query(sql, {}))));
  }

  const summary = ({ place, hint, fix }: Problem) => [
    place?.column,
    hint,
    fix?.kind === 'replace' ? fix.texts : undefined,
  ];

  it('names what was meant behind an alias', async () => {
    const expected = [10, 'Did you mean s.amount?', ['amount']];
    assert.deepEqual(await ofQuery('SELECT s.amout FROM bronze.sales s'), expected);
  });

  it('names what was meant behind a path', async () => {
    const expected = [14, 'Did you mean sales.amount?', ['amount']];
    assert.deepEqual(await ofQuery('SELECT sales.amout FROM bronze.sales'), expected);
  });

  it('names the alias that was meant', async () => {
    assert.deepEqual(await ofQuery('SELECT s.amount FROM bronze.sales t'), [8, 'Did you mean t?', ['t']]);
  });

  it('says in one line that the memory does not suffice', async () => {
    project().write('ratatouille.json', '{ "name": "t", "memory": "60MB", "threads": 1 }');
    const sql = "SELECT list(i || 'abcdefghijklmnop') FROM range(20000000) t(i)";
    const { message, hint } = await problemFrom(project().use((opened) => opened.query(sql, {})));
    assert.match(message, /^The memory does not suffice: [^\n]*$/);
    assert.equal(hint, 'Raise memory in ratatouille.json.');
  });

  it('points at a misspelt keyword of a query', async () => {
    assert.deepEqual(await ofQuery('SELECT * FORM bronze.sales'), [10, 'Did you mean FROM?', ['FROM']]);
  });

  it('points at a misspelt keyword of a model', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS\n  SELECT * FORM range(3)');
    const { models } = await runOnce(project());
    const [found] = models[0]?.problems ?? [];
    assert.equal(found?.message, 'syntax error at or near "FORM"');
    assert.deepEqual([found?.place?.line, found?.place?.column, found?.place?.endColumn], [2, 12, 16]);
  });

  it('of an end that comes too early is at the last word', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 FROM -- what?\n');
    const { models } = await runOnce(project());
    assert.equal(models[0]?.problems[0]?.place?.column, 35);
  });

  it('behind an alias in a model is at its column', async () => {
    project().notebook(
      'a',
      'CREATE TABLE bronze.a AS SELECT 1 AS total',
      'CREATE TABLE gold.b AS SELECT x.totl FROM bronze.a x',
    );
    const { models } = await runOnce(project());
    const found = models[1]?.problems[0];
    assert.deepEqual(found && summary(found), [33, 'Did you mean x.total?', ['total']]);
  });
});
