import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { runInBackground } from '../../../../src/engine/duckdb/background.js';
import { ProblemError } from '../../../../src/protocol/problem.js';
import { useEngine } from './harness.js';

/** Runs for minutes on any machine. */
const endless =
  'SELECT count(*) AS n FROM range(1000000) a, range(100000) b WHERE hash(a.range + b.range) = 0';

const wasCancelled = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'sql.cancelled';

describe('a write in the background', () => {
  const harness = useEngine();

  it('takes no thread from reading files or short statements', async () => {
    const controller = new AbortController();
    const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
    const sessions = await Promise.all(
      Array.from({ length: threads + 1 }, () => harness.engine.openSession()),
    );
    const writes = sessions.map((session) =>
      session.writeParquet(
        { select: endless, directory: harness.directory() },
        { signal: controller.signal },
      ),
    );
    const settled = Promise.all(writes.map((write) => assert.rejects(write, wasCancelled)));
    try {
      assert.deepEqual((await harness.session.rows('SELECT sum(range) FROM range(1000)')).rows, [[499500]]);
      assert.ok((await readFile(fileURLToPath(import.meta.url))).length > 0);
    } finally {
      controller.abort();
    }
    await settled;
    await Promise.all(sessions.map((session) => session.close()));
  });

  it('that fails in the middle tells why and leaves the session usable', async () => {
    const select =
      "SELECT CASE WHEN i = 900000 THEN error('row 900000') ELSE i END AS n FROM range(1000000) t(i)";
    const write = harness.session.writeParquet({ select, directory: harness.directory() });
    await assert.rejects(write, /row 900000/);
    const { kept } = await harness.session.writeParquet({
      select: 'SELECT 1 AS a',
      directory: harness.directory(),
    });
    assert.equal(kept.rows, 1);
  });

  it('ends where the system gives the engine no thread', async () => {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1', external_threads: '1' });
    const connection = await instance.connect();
    const prepared = await connection.prepare('SELECT count(*) AS n FROM range(3000000) WHERE range % 3 = 1');
    const rows = await (await runInBackground(prepared)).getRows();
    assert.deepEqual(rows, [[1000000n]]);
    connection.closeSync();
    instance.closeSync();
  });
});
