import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDB } from '../../src/engine/duckdb/open.js';
import type { Engine } from '../../src/engine/engine.js';

let opening: Promise<Engine> | undefined;

/** The engine that the tests of a process share; what it spills goes with the process. */
export function sharedEngine(): Promise<Engine> {
  opening ??= open();
  return opening;
}

function open(): Promise<Engine> {
  const temporaryDirectory = mkdtempSync(join(tmpdir(), 'ratatouille-engine-'));
  process.once('exit', () => rmSync(temporaryDirectory, { recursive: true, force: true }));
  return openDuckDB({ temporaryDirectory, threads: 2 });
}
