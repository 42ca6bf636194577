import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDB } from '../../../../src/engine/duckdb/open.js';
import type { Engine, EngineSession } from '../../../../src/engine/engine.js';

/** One engine for the tests of a suite, a session for each test, and empty directories to write into. */
export interface Harness {
  readonly engine: Engine;
  readonly session: EngineSession;
  /** Makes an empty directory that is removed after the suite. */
  directory(): string;
}

export function useEngine(): Harness {
  const root = mkdtempSync(join(tmpdir(), 'engine-'));
  let engine: Engine | undefined;
  let session: EngineSession | undefined;
  before(async () => {
    engine = await openDuckDB({ temporaryDirectory: join(root, 'spill'), threads: 2 });
  });
  beforeEach(async () => {
    session = await engine!.openSession();
  });
  afterEach(() => session!.close());
  after(async () => {
    await engine!.close();
    rmSync(root, { recursive: true });
  });
  return {
    get engine() {
      return engine!;
    },
    get session() {
      return session!;
    },
    directory: () => mkdtempSync(join(root, 'write-')),
  };
}
