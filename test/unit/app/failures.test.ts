import assert from 'node:assert/strict';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../src/app/openProject.js';
import type { RunEvent } from '../../../src/protocol/run.js';
import { plainFiles } from '../../support/generations.js';
import {
  endings,
  errors,
  problemFrom,
  problems,
  projectForEach,
  rows,
  run,
  runOnce,
  statuses,
} from './runs.js';

/** Runs for minutes on any machine. */
const endless =
  'SELECT count(*) AS n FROM range(1000000) a, range(100000) b WHERE hash(a.range + b.range) = 0';

describe('a failure', () => {
  const project = projectForEach();
  const table = (name: string, select: string) => `CREATE TABLE ${name} AS ${select}`;

  it('stops only what depends on it', async () => {
    project().notebook(
      'a',
      table('bronze.bad', "SELECT CAST('x' AS INTEGER) AS n"),
      table('silver.below', 'FROM bronze.bad'),
      table('gold.far', 'FROM silver.below'),
      table('gold.apart', 'SELECT 1 AS n'),
    );
    const record = await runOnce(project());
    assert.equal(record.status, 'failed');
    assert.deepEqual(statuses(record), {
      'bronze.bad': 'failed',
      'silver.below': 'blocked',
      'gold.far': 'blocked',
      'gold.apart': 'built',
    });
    assert.equal(endings(record)['gold.far'], 'blocked: silver.below was blocked');
    assert.deepEqual(plainFiles(project().root), ['gold/apart.parquet']);
  });

  it('has no start told of what it blocks', async () => {
    const bad = table('bronze.bad', "SELECT CAST('x' AS INTEGER) AS n");
    project().notebook('a', bad, table('silver.below', 'FROM bronze.bad'));
    const started: string[] = [];
    const onEvent = (event: RunEvent) => void (event.kind === 'model started' && started.push(event.model));
    await runOnce(project(), { onEvent });
    assert.deepEqual(started, ['bronze.bad']);
  });

  it('of many rows is counted with separators', async () => {
    project().notebook('a', `-- @check: n < 0\n${table('silver.t', 'SELECT i AS n FROM range(1234) r(i)')}`);
    const [said] = problems(await runOnce(project()));
    assert.equal(said, 'check.failed silver.t: the check n < 0 fails for 1,234 rows.');
  });

  it('has the place of its token', async () => {
    project().notebook('a', '-- first', 'CREATE TABLE bronze.a AS\nSELECT 1 AS x,\n  nope(2) AS y');
    const { models } = await runOnce(project());
    const { place, code } = models[0]?.problems[0] ?? assert.fail();
    assert.deepEqual(
      [code, place?.notebook, place?.cell, place?.line, place?.column],
      ['sql.failed', 'notebooks/a.ratnb', 2, 3, 3],
    );
  });

  it('in a session statement is placed there', async () => {
    project().notebook(
      'a',
      'CREATE TEMP TABLE few AS\n  SELECT nope FROM range(3)',
      table('bronze.a', 'FROM few'),
    );
    const { models } = await runOnce(project());
    const { place } = models[0]?.problems[0] ?? assert.fail();
    assert.deepEqual([place?.cell, place?.line, place?.column], [1, 2, 10]);
  });

  it('leaves the last version readable', async () => {
    project().notebook('a', table('bronze.a', 'SELECT 1 AS n'));
    await runOnce(project());
    project().notebook('a', table('bronze.a', "SELECT CAST('x' AS INTEGER) AS n"));
    assert.equal((await runOnce(project())).status, 'failed');
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM bronze.a')), [[1]]);
  });

  it('of a check publishes nothing', async () => {
    project().notebook('a', `-- @check: n > 1\n${table('bronze.a', 'SELECT 1 AS n')}`);
    const record = await runOnce(project());
    assert.deepEqual(problems(record), ['check.failed bronze.a: the check n > 1 fails for 1 row.']);
    assert.deepEqual(plainFiles(project().root), []);
  });

  it('of one notebook keeps no other from running', async () => {
    project().notebook('a', table('bronze.a', 'SELECT 1 AS n'));
    project().write('notebooks/broken.ratnb', 'nothing readable');
    const record = await runOnce(project());
    assert.deepEqual([record.status, statuses(record)], ['failed', { 'bronze.a': 'built' }]);
    assert.match(problems(record).join(), /^notebook\.unreadable/);
  });

  it('of the system to give a notebook out keeps no other from running', async () => {
    project().notebook('a', table('bronze.a', 'SELECT 1 AS n'));
    symlinkSync(join(project().root, 'gone'), join(project().root, 'notebooks/b.ratnb'), 'junction');
    const record = await runOnce(project());
    assert.deepEqual(statuses(record), { 'bronze.a': 'built' });
    assert.deepEqual(problems(record), [
      'notebook.unreadable The system does not give the notebook out: ENOENT.',
    ]);
  });

  it('of a view to end in a table keeps the table', async () => {
    project().notebook('a', 'CREATE VIEW silver.a AS FROM silver.b');
    project().notebook('b', table('silver.b', 'SELECT 1 AS n'));
    await runOnce(project());
    project().notebook('a', 'SELECT 1');
    project().notebook('b', 'CREATE VIEW silver.b AS FROM silver.a');
    const record = await runOnce(project());
    assert.match(errors(record).join(), /^graph\.orphan silver\.a is a view/);
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM silver.b')), [[1]]);
  });

  it('is not seen in rows that a temporary table leaves out', async () => {
    project().write('data/landing/a.csv', 'n\n1\n2\n3\n');
    const few = "CREATE TEMP TABLE few AS FROM landing('a.csv') WHERE n > 1";
    project().notebook('a', few, table('bronze.a', 'FROM few'));
    assert.deepEqual(statuses(await runOnce(project())), { 'bronze.a': 'built' });
  });

  it('in a landing file is explained below a temporary table too', async () => {
    project().write('data/landing/a.csv', 'n\n1\n2\n');
    project().notebook(
      'a',
      "CREATE TEMP TABLE few AS SELECT n + 0 AS n FROM landing('a.csv')",
      table('bronze.a', 'FROM few'),
    );
    await runOnce(project());
    project().write('data/landing/a.csv', 'n\n1\nmany\n');
    const { models } = await runOnce(project());
    const { code, place } = models[0]?.problems.find(({ severity }) => severity === 'error') ?? assert.fail();
    assert.deepEqual([code, place?.file], ['landing.rejects', 'data/landing/a.csv']);
  });

  it('of a glob’s folder leaves the other models alone', async () => {
    project().notebook(
      'a',
      table('bronze.a', "FROM read_csv('nowhere/*.csv')"),
      table('bronze.b', 'SELECT 1 AS n'),
    );
    assert.deepEqual(statuses(await runOnce(project())), { 'bronze.a': 'failed', 'bronze.b': 'built' });
  });

  it('of two models of one table stops a whole frozen run', async () => {
    project().notebook(
      'a',
      table('bronze.a', 'SELECT 1 AS n'),
      table('bronze.a', 'SELECT 2 AS n'),
      table('bronze.b', 'SELECT 3 AS n'),
    );
    const refused = problemFrom(
      project().use((opened) => run(opened, { select: ['bronze.b'] }), { frozen: true }),
    );
    assert.equal((await refused).code, 'model.duplicate');
    const open = await runOnce(project());
    assert.deepEqual(statuses(open), { 'bronze.a': 'blocked', 'bronze.b': 'built' });
  });
});

describe('a cancelled run', () => {
  const project = projectForEach((temporary) =>
    temporary.notebook(
      'a',
      'CREATE TABLE bronze.quick AS SELECT 1 AS n',
      `CREATE TABLE bronze.slow AS ${endless}`,
      'CREATE TABLE silver.below AS FROM bronze.slow',
    ),
  );

  /** Runs, and cancels as soon as the slow model is on its way. */
  function cancelled(opened: Parameters<typeof run>[0]) {
    const controller = new AbortController();
    const onEvent = (event: RunEvent): void => {
      if (event.kind === 'model started' && event.model === 'bronze.slow')
        setTimeout(() => controller.abort(), 100);
    };
    return run(opened, { select: ['bronze.slow+'], signal: controller.signal, onEvent });
  }

  it('says so in its record, and publishes nothing', async () => {
    await project().use(async (opened) => {
      const record = await cancelled(opened);
      assert.deepEqual(
        [record.status, statuses(record)],
        ['cancelled', { 'bronze.slow': 'cancelled', 'silver.below': 'cancelled' }],
      );
      assert.deepEqual(problems(record), []);
      assert.equal((await opened.status()).lastRun?.status, 'cancelled');
    });
    assert.deepEqual(plainFiles(project().root), []);
    assert.deepEqual(readdirSync(join(project().root, '.ratatouille', 'staging', 'prod')), []);
  });

  it('is followed by one that works', () =>
    project().use(async (opened) => {
      await cancelled(opened);
      assert.equal((await run(opened, { select: ['bronze.quick'] })).status, 'succeeded');
      assert.deepEqual(await rows(opened, 'FROM bronze.quick'), [[1]]);
    }));

  it('does nothing when it was cancelled before', () =>
    project().use(async (opened) => {
      const found = await problemFrom(run(opened, { signal: AbortSignal.abort() }));
      assert.equal(found.code, 'sql.cancelled');
      assert.equal((await opened.status()).lastRun, undefined);
    }));

  it('can be a query', () =>
    project().use(async (opened) => {
      const controller = new AbortController();
      const asked = opened.query(endless, { signal: controller.signal });
      setTimeout(() => controller.abort(), 100);
      assert.equal((await problemFrom(asked)).code, 'sql.cancelled');
    }));
});

describe('two runs at once', () => {
  const project = projectForEach((temporary) =>
    temporary.notebook(
      'a',
      `CREATE TABLE bronze.slow AS ${endless}`,
      'CREATE TABLE bronze.quick AS SELECT 1 AS n',
    ),
  );

  /** Holds the lake by a run of another opening of the project until the work is done. */
  async function whileWriting(
    work: (opened: Parameters<typeof run>[0], end: () => void) => Promise<void>,
  ): Promise<void> {
    const holder = await openProject({ directory: project().root });
    const controller = new AbortController();
    let started: () => void = () => {};
    const underWay = new Promise<void>((resolve) => {
      started = resolve;
    });
    const onEvent = ({ kind }: RunEvent): void => {
      if (kind === 'model started') started();
    };
    const holding = run(holder, { select: ['bronze.slow'], signal: controller.signal, onEvent });
    await underWay;
    try {
      await project().use((opened) => work(opened, () => controller.abort()));
    } finally {
      controller.abort();
      await holding;
      await holder.close();
    }
  }

  it('follow each other', () =>
    whileWriting(async (opened, end) => {
      const events: string[] = [];
      const onEvent = (event: RunEvent): void => {
        events.push(event.kind === 'waiting' ? `waiting for ${event.holder}` : event.kind);
        if (event.kind === 'waiting') end();
      };
      const record = await run(opened, { select: ['bronze.quick'], onEvent });
      assert.deepEqual([record.status, record.run], ['succeeded', 2]);
      assert.match(events[0] ?? '', new RegExp(`^waiting for process ${process.pid} `));
      assert.deepEqual(events.slice(1), ['planned', 'model started', 'model finished', 'finished']);
    }));

  it('refuse the second when it does not wait', () =>
    whileWriting(async (opened) => {
      const { code } = await problemFrom(run(opened, { select: ['bronze.quick'], wait: false }));
      assert.equal(code, 'lake.busy');
      assert.match((await opened.status()).writer ?? '', new RegExp(`^process ${process.pid} `));
      assert.deepEqual(await rows(opened, 'SELECT 1'), [[1]]);
    }));
});
