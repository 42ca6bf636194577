import assert from 'node:assert/strict';
import { closeSync, existsSync, ftruncateSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project, RunOptions } from '../../../src/app/project.js';
import type { RunEvent, RunRecord } from '../../../src/protocol/run.js';
import { problemFrom, projectForEach, run, runOnce, statuses } from './runs.js';

/** Runs for minutes on any machine. */
const endless =
  'SELECT count(*) AS n FROM range(1000000) a, range(100000) b WHERE hash(a.range + b.range) = 0';

describe('cancelling', () => {
  const project = projectForEach();

  /** A file that takes minutes to read and no room on the disk. */
  function writeEndless(path: string): void {
    project().write(path, '');
    const file = openSync(join(project().root, path), 'r+');
    ftruncateSync(file, 100e9);
    closeSync(file);
  }

  /** Begins some work and aborts it in its middle. */
  function cancelled<T>(work: (opened: Project, signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    return project().use((opened) => {
      setTimeout(() => controller.abort(), 150);
      return work(opened, controller.signal);
    });
  }

  /** The same for a run, once it has begun. */
  function cancelledRun(options: Partial<RunOptions> = {}): Promise<RunRecord> {
    const controller = new AbortController();
    const before = runs();
    const watch = setInterval(() => {
      if (runs() > before) setTimeout(() => controller.abort(), 50);
    }, 20);
    const work = project().use((opened) => run(opened, { ...options, signal: controller.signal }));
    return work.finally(() => clearInterval(watch));
  }

  function runs(): number {
    const records = join(project().root, '.ratatouille', 'runs', 'prod');
    return existsSync(records) ? readdirSync(records).filter((name) => name.endsWith('.json')).length : 0;
  }

  const everything = { select: [], fullRefresh: false };
  const hashing = {
    'an outside file': () => {
      project().notebook('a', "CREATE TABLE bronze.a AS FROM read_csv('rates.csv')");
      writeEndless('rates.csv');
    },
    'a landing file': async () => {
      project().notebook('a', "CREATE TABLE bronze.a AS FROM landing('a.csv')");
      project().write('data/landing/a.csv', 'n\n1\n');
      await runOnce(project());
      writeEndless('data/landing/a.csv');
    },
  };
  for (const [what, prepare] of Object.entries(hashing)) {
    it(`reaches a plan that hashes ${what}`, async () => {
      await prepare();
      const { code } = await problemFrom(
        cancelled((opened, signal) => opened.plan({ ...everything, signal })),
      );
      assert.equal(code, 'sql.cancelled');
    });

    it(`reaches a status that hashes ${what}`, async () => {
      await prepare();
      const { code } = await problemFrom(cancelled((opened, signal) => opened.status({ signal })));
      assert.equal(code, 'sql.cancelled');
    });

    it(`reaches a run that hashes ${what}`, async () => {
      await prepare();
      const record = await cancelledRun();
      assert.deepEqual([record.status, record.problems], ['cancelled', []]);
    });
  }

  it('reaches the look at what stands above a selection, and gives the lease back', async () => {
    project().notebook('a', "CREATE TABLE bronze.a AS FROM 'a.csv'", 'CREATE TABLE gold.a AS FROM bronze.a');
    project().write('a.csv', 'n\n1\n');
    await runOnce(project());
    writeEndless('a.csv');
    assert.equal((await cancelledRun({ select: ['gold.a'] })).status, 'cancelled');
    project().write('a.csv', 'n\n2\n');
    assert.equal((await project().use((opened) => opened.status())).writer, undefined);
  });

  it('reaches the plan after a change that was made', async () => {
    for (const n of [1, 2]) {
      project().notebook('a', `CREATE TABLE bronze.a AS SELECT *, ${n} AS v FROM read_csv('rates.csv')`);
      project().write('rates.csv', 'n\n1\n');
      await runOnce(project());
    }
    writeEndless('rates.csv');
    const { signal, onEvent } = abortedWhenFinished();
    const restored = project().use((opened) => opened.restore('bronze.a', { version: 1, signal, onEvent }));
    const { version, next, problems } = await restored;
    assert.deepEqual([version, next, problems], [1, undefined, []]);
  });

  function abortedWhenFinished() {
    const controller = new AbortController();
    const onEvent = ({ kind }: RunEvent): void => {
      if (kind === 'finished') controller.abort();
    };
    return { signal: controller.signal, onEvent };
  }

  it('reaches what a view uses of its session', async () => {
    project().notebook('_session', `CREATE TEMP TABLE slow AS ${endless}`);
    project().notebook('a', 'CREATE VIEW gold.v AS FROM slow');
    const record = await cancelledRun();
    assert.deepEqual([record.status, statuses(record)], ['cancelled', { 'gold.v': 'cancelled' }]);
  });

  it('reaches what a query uses of its session', async () => {
    project().notebook('_session', `CREATE TEMP TABLE slow AS ${endless}`);
    const { code } = await problemFrom(cancelled((opened, signal) => opened.query('FROM slow', { signal })));
    assert.equal(code, 'sql.cancelled');
  });
});
