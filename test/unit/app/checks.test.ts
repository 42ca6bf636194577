import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import { endings, errors, problems, projectForEach, runOnce, statuses } from './runs.js';

const stores = (...ids: readonly number[]) =>
  `CREATE TABLE silver.stores AS SELECT unnest([${ids.join(', ')}]) AS id;`;
const sales = (action: string) =>
  `-- @check: references(store, silver.stores.id) | ${action}\nCREATE TABLE silver.sales AS SELECT unnest([1, 2, 3, NULL]) AS store;`;

describe('checks that refer to another table', () => {
  const project = projectForEach();

  it('are judged after it is built, and again when it changes', async () => {
    project().notebook('b', sales('fail'));
    project().notebook('c', stores(1, 2, 3));
    assert.deepEqual(statuses(await runOnce(project())), {
      'silver.stores': 'built',
      'silver.sales': 'built',
    });
    assert.deepEqual(statuses(await runOnce(project())), {
      'silver.stores': 'skipped',
      'silver.sales': 'skipped',
    });
    project().notebook('c', stores(1, 2));
    const record = await runOnce(project());
    assert.deepEqual(errors(record), [
      'check.failed silver.sales: the check references(store, silver.stores.id) fails for 1 row.',
    ]);
  });

  it('drop rows, which are counted and kept', async () => {
    project().notebook('a', stores(1), sales('drop'));
    const record = await runOnce(project());
    assert.deepEqual(
      record.models.map(({ model, rows, rowsIn, dropped }) => [model, rows, rowsIn, dropped]),
      [
        ['silver.stores', 1, 0, 0],
        ['silver.sales', 2, 0, 2],
      ],
    );
    const kept = await project().use(
      async (opened) =>
        (await opened.query("SELECT store FROM quarantine('silver.sales') ORDER BY 1", {})).rows,
    );
    assert.deepEqual(kept, [[2], [3]]);
  });

  it('read a view, with what it reads', async () => {
    const view = 'CREATE VIEW silver.stores AS SELECT id + 1 AS id FROM bronze.s;';
    project().notebook('a', 'CREATE TABLE bronze.s AS SELECT unnest([0, 1, 2]) AS id;', view, sales('fail'));
    assert.deepEqual(errors(await runOnce(project())), []);
    project().notebook('a', 'CREATE TABLE bronze.s AS SELECT 0 AS id;', view, sales('warn'));
    assert.deepEqual(problems(await runOnce(project())), [
      'check.warned silver.sales: the check references(store, silver.stores.id) fails for 2 rows.',
    ]);
  });

  it('are judged again without a build when they change', async () => {
    project().notebook('a', stores(1, 2, 3), sales('warn'));
    await runOnce(project());
    project().notebook('a', stores(1, 2, 3), sales('fail'));
    assert.equal(statuses(await runOnce(project()))['silver.sales'], 'judged');
  });
});

describe('checks of freshness', () => {
  const project = projectForEach();
  const built = Date.parse('2026-03-10T12:00:00Z');
  const hour = 3_600_000;
  const table = (action: string) =>
    `-- @check: a > 0 | drop\n-- @check: fresh(t, '2 hours') | ${action}\nCREATE TABLE bronze.t AS SELECT a, TIMESTAMPTZ '2026-03-10 11:00:00Z' AS t FROM (VALUES (1), (-1)) v(a);`;
  const runAt = (moment: number) => {
    mock.timers.setTime(moment);
    return runOnce(project());
  };
  const generations = () => readdirSync(join(project().root, '.ratatouille/manifests/prod')).length;
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: built }));
  afterEach(() => mock.timers.reset());

  it('are judged in every run, on rows that stay', async () => {
    project().notebook('a', table('fail'));
    assert.deepEqual(statuses(await runAt(built)), { 'bronze.t': 'built' });
    const before = generations();
    const again = await runAt(built + hour);
    assert.deepEqual(endings(again), {
      'bronze.t': 'judged: unchanged since run 1; its checks were judged again',
    });
    assert.deepEqual([again.models[0]?.version, again.models[0]?.dropped, generations()], [1, 1, before]);
  });

  it('leave a table up to date in the plan, with the reason', async () => {
    project().notebook('a', table('fail'));
    await runAt(built);
    const { entries } = await project().use((opened) => opened.plan({ select: [], fullRefresh: false }));
    assert.deepEqual(
      entries.map(({ action, reason }) => `${action}: ${reason}`),
      ['skip: unchanged since run 1; each run judges its check of fresh'],
    );
  });

  it('fail later without a new version, and block what reads it', async () => {
    project().notebook('a', table('fail'), 'CREATE TABLE gold.g AS FROM bronze.t;');
    assert.equal((await runAt(built)).status, 'succeeded');
    const before = generations();
    const record = await runAt(built + hour + 1);
    assert.deepEqual(statuses(record), { 'bronze.t': 'failed', 'gold.g': 'blocked' });
    assert.match(errors(record)[0] ?? '', /^check.failed bronze.t: .* fails: the newest t is 2026-03-10/);
    assert.match(record.models[0]?.problems[0]?.hint ?? '', /^The rows of run 1 stay/);
    assert.equal(generations(), before);
  });

  it('warn from the run on in which the newest row is too old', async () => {
    project().notebook('a', table('warn'));
    assert.deepEqual(problems(await runAt(built)), []);
    assert.match(
      problems(await runAt(built + 2 * hour))[0] ?? '',
      /^check.warned bronze.t: .* the newest t is/,
    );
    const [status] = await project().use(async (opened) => (await opened.status()).tables);
    assert.deepEqual([status?.state, status?.standing?.warnings], ['fresh', 1]);
  });
});
