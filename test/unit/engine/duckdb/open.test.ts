import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDB } from '../../../../src/engine/duckdb/open.js';
import { duckdbVersion } from '../../../../src/engine/duckdb/version.js';
import { ProblemError } from '../../../../src/protocol/problem.js';
import { useEngine } from './harness.js';

describe('the engine', () => {
  const harness = useEngine();

  it('is of the version that is known without loading it', () => {
    assert.equal(harness.engine.version, duckdbVersion);
  });

  it('spills into a folder of its own that it removes', async () => {
    const temporaryDirectory = join(harness.directory(), 'not', 'there', 'yet');
    const limits = { temporaryDirectory, memory: '60MB', threads: 1 };
    const engines = [await openDuckDB(limits), await openDuckDB(limits)];
    const session = await engines[0]!.openSession();
    await session.firstRows('SELECT i, hash(i)::VARCHAR FROM range(2000000) t(i)', 1);
    assert.equal(readdirSync(temporaryDirectory).length, 2);
    assert.ok(readdirSync(temporaryDirectory, { recursive: true }).length > 2, 'nothing was spilled');
    await Promise.all(engines.map((engine) => engine.close()));
    assert.deepEqual(readdirSync(temporaryDirectory), []);
  });

  it('leaves nothing behind when its limits make no sense', async () => {
    const temporaryDirectory = harness.directory();
    await assert.rejects(openDuckDB({ temporaryDirectory, memory: 'plenty' }));
    assert.deepEqual(readdirSync(temporaryDirectory), []);
  });

  it('spills elsewhere where it may not write', async function () {
    if (process.platform === 'win32') this.skip();
    const project = harness.directory();
    chmodSync(project, 0o555);
    const engine = await asNobody(() =>
      openDuckDB({ temporaryDirectory: join(project, 'tmp'), memory: '60MB' }),
    );
    const session = await engine.openSession();
    assert.deepEqual((await session.rows('SELECT 1')).rows, [[1]]);
    assert.equal(spillsInSystem().length, 1);
    await engine.close();
    assert.deepEqual([spillsInSystem(), readdirSync(project)], [[], []]);
  });

  it('keeps to its limits and installs nothing by itself', async () => {
    const engine = await openDuckDB({ temporaryDirectory: harness.directory(), memory: '100MB', threads: 1 });
    const session = await engine.openSession();
    const names = ['threads', 'memory_limit', 'autoinstall_known_extensions', 'autoload_known_extensions'];
    const settings = names.map((name) => `current_setting('${name}')::VARCHAR`);
    assert.deepEqual((await session.rows(`SELECT ${settings.join(', ')}`)).rows, [
      ['1', '95.3 MiB', 'false', 'false'],
    ]);
    await engine.close();
  });
});

function spillsInSystem(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`ratatouille-duckdb-${process.pid}-`));
}

/** Modes do not hold for root. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('the footer of a file', () => {
  const harness = useEngine();

  async function written(select: string, directory = harness.directory()): Promise<string> {
    return (await harness.session.writeParquet({ select, directory })).kept.path;
  }

  async function damage(file: string): Promise<ProblemError> {
    const error = await harness.engine.readFooters([file]).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ProblemError, String(error));
    return error;
  }

  it('tells rows and columns, in the order asked', async () => {
    const files = [await written('SELECT 1 AS a FROM range(3)'), await written("SELECT ['{}'::JSON] AS b")];
    assert.deepEqual(await harness.engine.readFooters(files.toReversed()), [
      { file: files[1], rows: 1, columns: [{ name: 'b', type: 'JSON[]' }] },
      { file: files[0], rows: 3, columns: [{ name: 'a', type: 'INTEGER' }] },
    ]);
  });

  it('is read from a folder whose name looks like a pattern', async () => {
    const directory = join(harness.directory(), `year=2020 [1]'{x}`);
    mkdirSync(directory);
    const [footer] = await harness.engine.readFooters([await written('SELECT 1 AS a', directory)]);
    assert.deepEqual(
      footer!.columns.map(({ name }) => name),
      ['a'],
    );
  });

  it('that is cut off is a damaged lake', async () => {
    const file = await written('FROM range(1000)');
    truncateSync(file, 500);
    const { problem } = await damage(file);
    assert.equal(problem.code, 'lake.damaged');
    assert.ok(problem.message.startsWith(file) && problem.cause, JSON.stringify(problem));
  });

  it('of no Parquet file, or of none, is a damaged lake', async () => {
    const file = join(harness.directory(), 'text.parquet');
    writeFileSync(file, 'hello');
    assert.equal((await damage(file)).problem.code, 'lake.damaged');
    assert.equal((await damage(`${file}.missing`)).problem.code, 'lake.damaged');
  });
});
