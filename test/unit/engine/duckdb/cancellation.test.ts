import assert from 'node:assert/strict';
import { openDuckDB } from '../../../../src/engine/duckdb/open.js';
import type { EngineSession, ExecuteOptions } from '../../../../src/engine/engine.js';
import { ProblemError } from '../../../../src/protocol/problem.js';
import { useEngine } from './harness.js';

/** Runs for minutes on any machine. */
const endless =
  'SELECT count(*) AS n FROM range(1000000) a, range(100000) b WHERE hash(a.range + b.range) = 0';

/** The engine knows how far it is only while it scans a table. */
const slowScan =
  'SELECT count(*) FROM many WHERE list_sum(list_transform(range(500), lambda x: (x * n) % 7)) < 0';

const wasCancelled = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'sql.cancelled';

describe('cancelling', () => {
  const harness = useEngine();

  const kinds: Readonly<
    Record<string, (session: EngineSession, options: ExecuteOptions) => Promise<unknown>>
  > = {
    execute: (session, options) => session.execute(endless, options),
    rows: (session, options) => session.rows(endless, options),
    firstRows: (session, options) => session.firstRows(endless, 10, options),
    writeParquet: (session, options) =>
      session.writeParquet({ select: endless, directory: harness.directory() }, options),
  };

  const bindings: Readonly<
    Record<string, (session: EngineSession, options: ExecuteOptions) => Promise<unknown>>
  > = {
    describe: (session, options) => session.describe('SELECT 1', options),
    defineView: (session, options) => session.defineView('main', 'v', 'SELECT 1', options),
  };
  for (const [name, start] of Object.entries(bindings)) {
    it(`keeps ${name} from beginning`, async () => {
      await assert.rejects(start(harness.session, { signal: AbortSignal.abort() }), wasCancelled);
    });
  }

  for (const [name, start] of Object.entries(kinds)) {
    it(`ends ${name} and leaves the session usable`, async () => {
      const controller = new AbortController();
      const running = start(harness.session, { signal: controller.signal });
      setTimeout(() => controller.abort(), 50);
      await assert.rejects(running, wasCancelled);
      assert.deepEqual((await harness.session.rows('SELECT 42')).rows, [[42]]);
    });
  }

  it('in the same tick is not lost', async () => {
    const controller = new AbortController();
    const running = harness.session.execute(endless, { signal: controller.signal });
    controller.abort();
    await assert.rejects(running, wasCancelled);
  });

  it('as soon as the statement may have begun is not lost', async () => {
    const controller = new AbortController();
    const running = harness.session.execute(endless, { signal: controller.signal });
    await Promise.resolve().then(() => Promise.resolve());
    controller.abort();
    await assert.rejects(running, wasCancelled);
  });

  it('reaches a statement whose signal is aborted before', async () => {
    await assert.rejects(harness.session.execute(endless, { signal: AbortSignal.abort() }), wasCancelled);
  });

  it('ends the one statement only, not the one that waits', async () => {
    const controller = new AbortController();
    const running = harness.session.execute(endless, { signal: controller.signal });
    const waiting = harness.session.rows('SELECT 42');
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(running, wasCancelled);
    assert.deepEqual((await waiting).rows, [[42]]);
  });

  it('does not reach another session', async () => {
    const other = await harness.engine.openSession();
    const controller = new AbortController();
    const running = harness.session.execute(endless, { signal: controller.signal });
    const beside = other.rows('SELECT count(*) FROM range(1000000) t(i) WHERE hash(i) >= 0');
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(running, wasCancelled);
    assert.deepEqual((await beside).rows, [[1000000]]);
    await other.close();
  });
});

describe('closing', () => {
  const harness = useEngine();

  it('a session ends what runs and what waits in it', async () => {
    const session = await harness.engine.openSession();
    const running = assert.rejects(session.execute(endless), wasCancelled);
    const waiting = assert.rejects(session.execute(endless), wasCancelled);
    await session.close();
    await Promise.all([running, waiting]);
    await assert.rejects(session.rows('SELECT 1'), wasCancelled);
  });

  it('the engine closes its sessions, and again does nothing', async () => {
    const engine = await openDuckDB({ temporaryDirectory: harness.directory() });
    const session = await engine.openSession();
    const running = assert.rejects(session.execute(endless), wasCancelled);
    await engine.close();
    await running;
    await Promise.all([session.close(), engine.close()]);
  });
});

describe('progress', () => {
  const harness = useEngine();

  it('is told as a share while a statement runs', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    const onProgress = (share: number): void => {
      shares.push(share);
      if (shares.length === 3) controller.abort();
    };
    await harness.session.execute('CREATE TABLE many AS SELECT range AS n FROM range(3000000)');
    const running = harness.session.execute(slowScan, { signal: controller.signal, onProgress });
    await assert.rejects(running, wasCancelled);
    assert.ok(shares.length >= 3 && shares.every((share) => share >= 0 && share <= 1), String(shares));
  });
});
