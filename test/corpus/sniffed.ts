import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EngineError } from '../../src/engine/engine.js';
import { quoteLiteral } from '../../src/sql/names.js';
import { sharedEngine } from '../support/sharedEngine.js';
import type { Pollution } from './description.js';
import type { Reading } from './judge.js';
import { printPollution, type Truth } from './print.js';

/** What `read_csv(file)` makes of a kind without any option; of several files, of all in their folder. */
export async function trySniffed(pollution: Pollution): Promise<{ truth: Truth; reading: Reading }> {
  const folder = mkdtempSync(join(tmpdir(), 'ratatouille-sniffed-'));
  const session = await (await sharedEngine()).openSession();
  try {
    const { files, truth } = printPollution(pollution, 'first');
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const [only] = files.keys();
    const path = files.size === 1 && only !== undefined ? only : (pollution.pattern ?? '*');
    const table = `read_csv(${quoteLiteral(join(folder, path))})`;
    const columns = await session.describe(`FROM ${table}`);
    const { rows } = await session.rows(`SELECT COLUMNS(*)::VARCHAR FROM ${table}`);
    const read = rows.map((values) => ({ values: values as (string | null)[] }));
    return { truth, reading: { is: 'read', columns, rows: read, rejects: [] } };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { truth } = printPollution(pollution, 'first');
    return { truth, reading: { is: 'refused', message: error.message, isExplained: true, rejects: [] } };
  } finally {
    await session.close();
    rmSync(folder, { recursive: true });
  }
}
