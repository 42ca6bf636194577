import type { TableEntry, TableVersion } from '../lake/manifest.js';
import type { Problem } from '../protocol/problem.js';
import type { ModelOutcome, StandingWarnings } from '../protocol/run.js';

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
  const standing = status === 'skipped' ? standingWarnings(version) : undefined;
  return {
    status,
    reason,
    version: version.version,
    ...(form === 'table' ? counts : {}),
    ...(standing && { standing }),
    problems,
  };
}

/** The warnings of a published version's checks; undefined where there is none. */
export function standingWarnings({
  checks,
  run,
  judgedIn = run,
}: Pick<TableVersion, 'checks' | 'run' | 'judgedIn'>): StandingWarnings | undefined {
  const warnings = checks.filter(({ action, failures }) => action === 'warn' && failures > 0).length;
  return warnings === 0 ? undefined : { warnings, sinceRun: judgedIn };
}
