import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Engine, EngineLimits, EngineSession, ParquetFooter } from '../engine.js';
import { readFooters } from './footers.js';
import { createParser } from './parser.js';
import { SerialConnection } from './serialConnection.js';
import { DuckDBSession } from './session.js';

/**
 * Opens DuckDB in this process, in memory. It spills into a folder of its own below
 * `limits.temporaryDirectory`, or below the system's when it may not write there: a project that is read only
 * can be queried. Each running statement holds a thread of libuv's pool: a process that runs
 * more than a few at a time sets UV_THREADPOOL_SIZE before it starts, or its file access waits for them.
 */
export async function openDuckDB(limits: EngineLimits): Promise<Engine> {
  const spill = await makeSpillFolder(limits.temporaryDirectory);
  try {
    return await openIn(spill, limits);
  } catch (error) {
    await rm(spill, { recursive: true, force: true });
    throw error;
  }
}

async function makeSpillFolder(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true });
    return await mkdtemp(join(directory, `duckdb-${process.pid}-`));
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    return mkdtemp(join(tmpdir(), `ratatouille-duckdb-${process.pid}-`));
  }
}

function isReadOnly(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code === 'EACCES' || code === 'EROFS' || code === 'EPERM';
}

async function openIn(spill: string, limits: EngineLimits): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', options(limits, spill));
  const connection = await instance.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run("SET SESSION TimeZone = 'UTC'");
  const [[version] = []] = await (await connection.run('SELECT version()')).getRows();
  return new DuckDBEngine(
    instance,
    new SerialConnection(connection),
    `DuckDB ${String(version).slice(1)}`,
    spill,
  );
}

function options(limits: EngineLimits, spill: string): Record<string, string> {
  return {
    ...(limits.memory !== undefined && { memory_limit: limits.memory }),
    ...(limits.threads !== undefined && { threads: String(limits.threads) }),
    // The engine computes with threads of its own alone: see runInBackground.
    external_threads: '0',
    // It tells files apart by path and second: one that is written again at once was read as it was before.
    enable_external_file_cache: 'false',
    temp_directory: spill,
    errors_as_json: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
  };
}

class DuckDBEngine implements Engine {
  readonly version: string;
  readonly parser;
  readonly #instance: DuckDBInstance;
  readonly #connection: SerialConnection;
  readonly #spill: string;
  readonly #sessions = new Set<DuckDBSession>();
  #opened = 0;

  constructor(instance: DuckDBInstance, connection: SerialConnection, version: string, spill: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.version = version;
    this.parser = createParser(connection);
    this.#spill = spill;
  }

  async openSession(): Promise<EngineSession> {
    this.#opened += 1;
    const number = this.#opened;
    const native = await this.#instance.connect();
    const session = await DuckDBSession.open(native, number, this.parser, async (catalog) => {
      this.#sessions.delete(session);
      await this.#connection.run((own) => own.run(`DETACH ${catalog}`));
    });
    this.#sessions.add(session);
    return session;
  }

  readFooters(files: readonly string[]): Promise<readonly ParquetFooter[]> {
    return this.#connection.run((native) => readFooters(native, files));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => session.close()));
    if (!(await this.#connection.close())) return;
    this.#instance.closeSync();
    await rm(this.#spill, { recursive: true, force: true, maxRetries: 5 });
  }
}
