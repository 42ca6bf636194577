import assert from 'node:assert/strict';
import type { QualityOptions } from '../../../src/app/quality.js';
import type { TableQuality } from '../../../src/protocol/quality.js';
import { problemFrom, projectForEach, runOnce } from './runs.js';

const columns = [{ name: 'id', type: 'BIGINT' }];
const sales = (ids: readonly number[], ...checks: readonly string[]) =>
  [
    ...checks.map((check) => `-- @check: ${check}`),
    `CREATE TABLE silver.s AS SELECT unnest([${ids}]) AS id;`,
  ].join('\n');

describe('the quality of tables', () => {
  const project = projectForEach();
  const build = (...cells: readonly string[]) => {
    project().notebook('a', ...cells);
    return runOnce(project());
  };
  const read = (options: QualityOptions = {}) => project().use((opened) => opened.quality(options));
  const table = async (name = 'silver.s'): Promise<TableQuality> =>
    (await read()).tables.find((each) => each.name === name) ?? assert.fail(`There is no ${name}.`);

  it('is empty before the first run', async () => {
    const { version, tables } = await read();
    assert.deepEqual([version, tables], [1, []]);
  });

  it('has the failures of each check over the runs', async () => {
    await build(sales([1, 2, 3], 'id > 1 | warn', 'id < 9 | drop'));
    await build(sales([0, 1, 2, 9], 'id > 1 | warn', 'id < 9 | drop'));
    const { checks, runs, published } = await table();
    assert.deepEqual(
      checks.map(({ check, action, failures, trend, judgedIn }) => [
        check,
        action,
        failures,
        trend,
        judgedIn,
      ]),
      [
        ['id > 1', 'warn', 2, [1, 2], 2],
        ['id < 9', 'drop', 1, [0, 1], 2],
      ],
    );
    assert.deepEqual(checks[0]?.failing?.rows, [[0], [1]]);
    assert.deepEqual(
      runs.map(({ run, status, rows, quarantined }) => [run, status, rows, quarantined]),
      [
        [1, 'built', 3, 0],
        [2, 'built', 3, 1],
      ],
    );
    assert.deepEqual([published?.version, published?.run, published?.quarantined], [2, 2, 1]);
  });

  it('tells what a failed run found, beside what is published', async () => {
    await build(sales([2], 'id > 1 | warn'));
    await build(sales([1, 2], 'id > 1 | warn', 'id > 7 | fail'));
    const { checks, runs, published } = await table();
    assert.deepEqual(
      checks.map(({ check, action, failures, trend, judgedIn }) => [
        check,
        action,
        failures,
        trend,
        judgedIn,
      ]),
      [
        ['id > 1', 'warn', 1, [0, 1], 2],
        ['id > 7', 'fail', 2, [null, 2], 2],
      ],
    );
    assert.deepEqual([published?.run, runs.at(-1)?.status], [1, 'failed']);
    assert.match(runs.at(-1)?.reason ?? '', /the check id > 7 fails for 2 rows/);
  });

  it('knows a table that was only ever tried', async () => {
    await build(sales([1], 'id > 1 | fail'));
    const { published, checks } = await table();
    assert.deepEqual([published, checks.map(({ failures }) => failures)], [undefined, [1]]);
  });

  it('does not count runs that skipped it', async () => {
    await build(sales([1]));
    await runOnce(project());
    assert.deepEqual(
      (await table()).runs.map(({ run }) => run),
      [1],
    );
  });

  it('counts what was judged again without a build', async () => {
    await build(sales([1, 2], 'id > 0 | warn'));
    await build(sales([1, 2], 'id > 1 | warn'));
    const { checks, runs } = await table();
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['built', 'judged'],
    );
    assert.deepEqual(
      checks.map(({ check, trend, judgedIn }) => [check, trend, judgedIn]),
      [['id > 1', [null, 1], 2]],
    );
  });

  it('has rejects, their contract and where the rows went', async () => {
    const contract = { format: 1, files: 't/*.csv', maxRejects: 2, columns };
    project().write('contracts/t.json', JSON.stringify(contract));
    project().write('data/landing/t/a.csv', 'id\n1\nx\n3\n');
    await build("CREATE TABLE bronze.t AS SELECT * FROM landing('t/*.csv')");
    const { published, sources, runs } = await table('bronze.t');
    assert.deepEqual(sources, [{ pattern: 't/*.csv', contract: 'contracts/t.json', maxRejects: 2 }]);
    assert.deepEqual(published?.equation, { in: 3, out: 2, quarantined: 0, rejected: 1, holds: true });
    assert.deepEqual([published?.rejected, runs[0]?.rejected], [1, 1]);
  });

  it('shows no more runs than wanted', async () => {
    for (const n of [1, 2, 3]) await build(sales([n], 'id > 1 | warn'));
    const { tables } = await read({ runs: 2, tables: ['SILVER.s'] });
    assert.deepEqual(
      [tables[0]?.runs.map(({ run }) => run), tables[0]?.checks[0]?.trend],
      [
        [2, 3],
        [0, 0],
      ],
    );
  });

  it('leaves views out and refuses an unknown name', async () => {
    await build(sales([1]), 'CREATE VIEW gold.v AS SELECT * FROM silver.s');
    assert.deepEqual(
      (await read()).tables.map(({ name }) => name),
      ['silver.s'],
    );
    const refused = await problemFrom(read({ tables: ['silver.x'] }));
    assert.deepEqual([refused.code, refused.hint], ['graph.unknown-table', 'Did you mean silver.s?']);
  });
});
