import type { Model } from '../graph/model.js';
import type { TableEntry, TableVersion } from '../lake/manifest.js';
import type { ModelOutcome, StandingWarnings } from '../protocol/run.js';
import { describesNoColumn } from './describedColumns.js';

/** How a model ended, without what is known of it before. */
export type Ending = Omit<ModelOutcome, 'model' | 'form' | 'elapsedMs'>;

interface Outcome extends Pick<Ending, 'reason' | 'rowsIn' | 'problems' | 'equation' | 'checks' | 'passed'> {
  readonly status: 'built' | 'skipped' | 'judged';
}

/** The ending of a model whose table is `entry` now, with what is only known of a table that is there. */
export function ending(
  model: Model,
  { version, form }: Pick<TableEntry, 'version' | 'form'>,
  { status, reason, problems, rowsIn, equation, checks = [], passed = [] }: Outcome,
): Ending {
  const counts = {
    rows: version.rows,
    bytes: version.bytes,
    dropped: version.quarantine.reduce((sum, { rows }) => sum + rows, 0),
    ...(version.rejects && { rejected: version.rejects.records }),
    ...(rowsIn === undefined ? {} : { rowsIn }),
  };
  const standing = status === 'skipped' ? standingWarnings(version) : undefined;
  return {
    status,
    reason,
    version: version.version,
    ...(form === 'table' ? counts : {}),
    ...(equation && { equation }),
    ...(checks.length > 0 && { checks }),
    ...(passed.length > 0 && { passed }),
    ...(standing && { standing }),
    problems: [...problems, ...describesNoColumn(model, version.columns)],
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
