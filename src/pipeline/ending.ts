import type { TableEntry } from '../lake/manifest.js';
import type { Problem } from '../protocol/problem.js';
import type { ModelOutcome } from '../protocol/run.js';

/** How a model ended, without what is known of it before. */
export type Ending = Omit<ModelOutcome, 'model' | 'form' | 'elapsedMs'>;

/** The ending of a model whose table is `entry` now. */
export function ending(
  status: 'built' | 'skipped' | 'judged',
  reason: string,
  { version, form }: Pick<TableEntry, 'version' | 'form'>,
  problems: readonly Problem[],
  rowsIn?: number,
): Ending {
  const counts = {
    rows: version.rows,
    bytes: version.bytes,
    dropped: version.quarantine.reduce((sum, { rows }) => sum + rows, 0),
    ...(rowsIn === undefined ? {} : { rowsIn }),
  };
  return { status, reason, version: version.version, ...(form === 'table' ? counts : {}), problems };
}
