import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLake } from '../../../src/lake/lake.js';
import { endings, problems, projectForEach, rows, runOnce, statuses } from './runs.js';

const cells = {
  bronze: 'CREATE TABLE bronze.a AS SELECT x FROM range(10) r(x)',
  view: 'CREATE VIEW silver.v AS FROM bronze.a WHERE x > 1',
  silver: '-- @check: x < 9 | warn\nCREATE TABLE silver.s AS SELECT x * 2 AS y, x FROM silver.v',
  gold: 'CREATE TABLE gold.g AS SELECT sum(y) AS total FROM silver.s',
  apart: 'CREATE TABLE gold.apart AS SELECT 1 AS one',
};
const all = ['bronze.a', 'silver.v', 'silver.s', 'gold.g', 'gold.apart'];
const skipped = Object.fromEntries(all.map((name) => [name, 'skipped']));

describe('a second run', () => {
  const project = projectForEach(() => write({}));

  function write(changed: Partial<typeof cells>): void {
    project().notebook('a', ...Object.values({ ...cells, ...changed }));
  }

  /** Runs, edits, runs again: the endings that are not `skipped`. */
  async function afterEdit(changed: Partial<typeof cells>): Promise<Readonly<Record<string, string>>> {
    await runOnce(project());
    write(changed);
    const record = await runOnce(project());
    return Object.fromEntries(
      Object.entries(endings(record)).filter(([, ending]) => !ending.startsWith('skipped')),
    );
  }

  it('builds everything once, then nothing', async () => {
    const first = await runOnce(project());
    assert.deepEqual(
      Object.values(endings(first)),
      all.map(() => 'built: it was never built'),
    );
    const second = await runOnce(project());
    assert.deepEqual(statuses(second), skipped);
    assert.deepEqual([second.run, second.status], [2, 'succeeded']);
    assert.equal(second.models[0]?.reason, 'unchanged since run 1');
  });

  it('does not load the engine', async () => {
    await runOnce(project());
    const spill = join(project().root, '.ratatouille', 'spill');
    assert(existsSync(spill));
    rmSync(spill, { recursive: true });
    const child = fileURLToPath(new URL('../../support/engineChild.js', import.meta.url));
    const said = () =>
      JSON.parse(execFileSync(process.execPath, [child, project().root], { encoding: 'utf8' })) as unknown;
    assert.deepEqual(said(), { statuses: all.map(() => 'skipped'), engine: false });
    assert.equal(existsSync(spill), false);
    write({ apart: `${cells.apart}, 2 AS two` });
    assert.deepEqual(said(), {
      statuses: ['skipped', 'skipped', 'skipped', 'skipped', 'built'],
      engine: true,
    });
  });

  it('commits nothing', async () => {
    await runOnce(project());
    const before = await project().use((opened) => opened.status());
    await runOnce(project());
    const { generation } = await project().use((opened) => opened.status());
    assert.equal(generation, before.generation);
  });

  it('skips after a comment', async () =>
    assert.deepEqual(
      await afterEdit({ silver: cells.silver.replace('SELECT', '-- doubled\n  SELECT') }),
      {},
    ));

  it('rebuilds what changed and what reads it', async () =>
    assert.deepEqual(await afterEdit({ silver: cells.silver.replace('* 2', '* 3') }), {
      'silver.s': 'built: its SQL changed',
      'gold.g': 'built: silver.s has version 2 now, it was built from 1',
    }));

  it('rebuilds the readers of a changed view', async () =>
    assert.deepEqual(await afterEdit({ view: cells.view.replace('1', '2') }), {
      'silver.v': 'built: its SQL changed',
      'silver.s': 'built: silver.v has version 2 now, it was built from 1',
      'gold.g': 'built: silver.s has version 2 now, it was built from 1',
    }));

  it('rebuilds below a view whose table changed', async () =>
    assert.deepEqual(await afterEdit({ bronze: cells.bronze.replace('10', '11') }), {
      'bronze.a': 'built: its SQL changed',
      'silver.s': 'built: bronze.a has version 2 now, it was built from 1',
      'gold.g': 'built: silver.s has version 2 now, it was built from 1',
    }));

  it('goes on after a table became a view', async () =>
    assert.deepEqual(
      await afterEdit({ silver: 'CREATE VIEW silver.s AS SELECT x * 2 AS y, x FROM silver.v' }),
      {
        'silver.s': 'built: it was a table before',
        'gold.g': 'built: silver.s has version 2 now, it was built from 1',
      },
    ));

  it('only writes a new description down', async () => {
    assert.deepEqual(await afterEdit({ silver: `-- @description: twice\n${cells.silver}` }), {});
    const { generation, tables } = await project().use((opened) => opened.status());
    assert.equal(tables.find(({ name }) => name === 'silver.s')?.version, 1);
    const manifest = readManifest(generation);
    assert.equal(manifest.tables['silver.s']?.description, 'twice');
  });

  it('judges a changed check on what is published', async () => {
    assert.deepEqual(await afterEdit({ silver: cells.silver.replace('< 9', '< 8') }), {
      'silver.s': 'judged: its checks changed, and hold for what is published',
    });
    const record = await runOnce(project());
    assert.deepEqual(statuses(record), skipped);
    const { generation, tables } = await project().use((opened) => opened.status());
    assert.equal(tables.find(({ name }) => name === 'silver.s')?.version, 1);
    assert.deepEqual(readManifest(generation).tables['silver.s']?.version.checks, [
      { check: 'x < 8', action: 'warn', failures: 2 },
    ]);
  });

  it('judges a changed check by the settings of the session', async () => {
    const text = (check: string) => {
      const model = `-- @check: ${check} | warn\nCREATE TABLE bronze.t AS SELECT 'A' AS x`;
      project().notebook('a', "SET default_collation = 'nocase'", model);
    };
    text("x = 'a'");
    await runOnce(project());
    text("x = 'a' AND true");
    const record = await runOnce(project());
    assert.deepEqual([statuses(record)['bronze.t'], problems(record)], ['judged', []]);
  });

  it('forgets a description that went with a changed check', async () => {
    write({ silver: `-- @description: old\n${cells.silver}` });
    await runOnce(project());
    write({ silver: cells.silver.replace('< 9', '< 8') });
    await runOnce(project());
    const lake = openLake({ root: project().root });
    assert.equal((await lake.manifest()).tables['silver.s']?.description, undefined);
  });

  it('rebuilds when a changed check would drop rows', async () => {
    const edited = await afterEdit({ silver: cells.silver.replace('x < 9 | warn', 'x < 9 | drop') });
    assert.deepEqual(edited, {
      'silver.s': 'built: its checks changed',
      'gold.g': 'built: silver.s has version 2 now, it was built from 1',
    });
    assert.deepEqual(await project().use((opened) => rows(opened, 'SELECT count(*) FROM silver.s')), [[7]]);
  });

  it('fails when a changed check fails, and keeps the version', async () => {
    const edited = await afterEdit({ silver: cells.silver.replace('x < 9 | warn', 'x < 9 | fail') });
    assert.deepEqual(edited, {
      'silver.s': 'failed: silver.s: the check x < 9 fails for 1 row.',
      'gold.g': 'blocked: silver.s failed',
    });
    assert.deepEqual(await project().use((opened) => rows(opened, 'SELECT count(*) FROM silver.s')), [[8]]);
  });

  it('names a changed check that can’t be judged', async () => {
    await runOnce(project());
    write({ silver: cells.silver.replace('x < 9', 'z < 9') });
    const { models } = await runOnce(project());
    const [problem] = models.find(({ model }) => model === 'silver.s')?.problems ?? [];
    assert.deepEqual(
      [problem?.code, problem?.place?.line, problem?.place?.column],
      ['notebook.declaration', 1, 12],
    );
  });

  it('builds a damaged version again', async () => {
    await runOnce(project());
    const folder = join(project().root, '.ratatouille', 'versions', 'bronze', 'a');
    const [version = ''] = readdirSync(folder).sort();
    const file = join(folder, version, 'data.parquet');
    rmSync(file);
    writeFileSync(file, 'rubbish');
    const before = await project().use((opened) => opened.status());
    assert.equal(before.tables.find(({ name }) => name === 'bronze.a')?.state, 'damaged');
    const ended = endings(await runOnce(project()));
    assert.match(
      ended['bronze.a'] ?? '',
      /^built: Version 1 of bronze\.a is damaged: data\.parquet has 7 bytes/,
    );
    assert.match(ended['gold.g'] ?? '', /^built/);
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM gold.g')), [[88]]);
  });

  it('builds all that is selected on a full refresh', async () => {
    await runOnce(project());
    const record = await runOnce(project(), { fullRefresh: true, select: ['silver.*'] });
    assert.deepEqual(endings(record), {
      'silver.v': 'built: full refresh',
      'silver.s': 'built: full refresh',
    });
  });

  it('builds what its session changes', async () => {
    await runOnce(project());
    project().notebook('_session', "SET default_null_order = 'nulls_first'");
    const record = await runOnce(project(), { select: ['gold.apart'] });
    assert.deepEqual(endings(record), { 'gold.apart': 'built: a session statement it uses changed' });
  });

  it('restores a plain file that was changed from outside', async () => {
    await runOnce(project());
    const plain = join(project().root, 'data', 'bronze', 'a.parquet');
    rmSync(plain);
    writeFileSync(plain, 'rubbish');
    const { tables } = await project().use((opened) => opened.status());
    const { state, reason } = tables.find(({ name }) => name === 'bronze.a') ?? assert.fail();
    assert.equal(state, 'changed from outside');
    assert.match(reason, /^data\/bronze\/a\.parquet was changed by another program/);
    const record = await runOnce(project());
    assert.deepEqual(statuses(record), skipped);
    assert.match(problems(record).join(), /^lake\.restored data\/bronze\/a\.parquet/);
    assert.deepEqual(
      await project().use((opened) => rows(opened, `SELECT count(*) FROM read_parquet('${plain}')`)),
      [[10]],
    );
  });

  it('plans the same as it does', async () => {
    await runOnce(project());
    write({ silver: cells.silver.replace('* 2', '* 3') });
    const report = await project().use((opened) => opened.plan({ select: [], fullRefresh: false }));
    assert.deepEqual(
      report.entries.map(({ model, action, reason }) => `${model} ${action}: ${reason}`),
      [
        'bronze.a skip: unchanged since run 1',
        'silver.v skip: unchanged since run 1',
        'silver.s build: its SQL changed',
        'gold.g build: silver.s is rebuilt',
        'gold.apart skip: unchanged since run 1',
      ],
    );
  });

  function readManifest(generation: number) {
    const name = `${String(generation).padStart(8, '0')}.json`;
    const path = join(project().root, '.ratatouille', 'manifests', 'prod', name);
    return JSON.parse(readFileSync(path, 'utf8')) as {
      readonly tables: Readonly<
        Record<string, { readonly description?: string; readonly version: { readonly checks: unknown } }>
      >;
    };
  }
});

describe('models that change by themselves', () => {
  const project = projectForEach();

  it('are built in every run', async () => {
    project().notebook(
      'a',
      'CREATE TABLE bronze.a AS SELECT now() AS t',
      'CREATE TABLE silver.b AS FROM bronze.a',
    );
    await runOnce(project());
    assert.deepEqual(endings(await runOnce(project())), {
      'bronze.a': 'built: it uses now, which changes by itself',
      'silver.b': 'built: bronze.a has version 2 now, it was built from 1',
    });
  });

  it('are built when a view of theirs does', async () => {
    project().notebook(
      'a',
      'CREATE VIEW bronze.v AS SELECT random() AS t',
      'CREATE TABLE silver.b AS FROM bronze.v',
    );
    await runOnce(project());
    assert.equal(
      endings(await runOnce(project()))['silver.b'],
      'built: it uses random, which changes by itself',
    );
  });

  it('see one start of their run', async () => {
    const cell = (name: string) => `CREATE TABLE bronze.${name} AS SELECT $run_started_at AS t, now() AS n`;
    project().notebook(
      'a',
      cell('a'),
      cell('b'),
      'CREATE TABLE gold.g AS SELECT t FROM bronze.a JOIN bronze.b USING (t)',
    );
    const { startedAt } = await runOnce(project());
    const found = await project().use((opened) =>
      rows(opened, `SELECT count(*), any_value(t = '${startedAt}') FROM gold.g`),
    );
    assert.deepEqual(found, [[1, true]]);
  });

  it('keep the start of their run in macros', async () => {
    project().notebook(
      'a',
      'CREATE MACRO started() AS $run_started_at',
      'CREATE TABLE bronze.a AS SELECT started() AS t',
    );
    const { startedAt } = await runOnce(project());
    assert.deepEqual(
      await project().use((opened) => rows(opened, `SELECT t = '${startedAt}' FROM bronze.a`)),
      [[true]],
    );
    assert.deepEqual(statuses(await runOnce(project())), { 'bronze.a': 'built' });
  });
});
