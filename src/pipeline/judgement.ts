import { type Model, placeAt } from '../graph/model.js';
import type { CheckResult } from '../lake/manifest.js';
import type { Check } from '../notebook/checks.js';
import { type Problem, ProblemError, problem, warning } from '../protocol/problem.js';
import { formatQuantity } from '../protocol/wording.js';
import { describeFailingRows } from './failingRows.js';
import type { Judged } from './judgeChecks.js';

/** A check kept a table from being published. */
export class ChecksFailed extends ProblemError {
  constructor(
    failed: Problem,
    readonly judged: Judged,
  ) {
    super(failed);
  }
}

/**
 * What the checks' results mean: errors for `fail`, warnings for `warn`; dropped rows are no problem.
 * @param stays what becomes of the rows when a check fails.
 */
export function judge(
  model: Model,
  { results, failing }: Judged,
  stays = 'Nothing was published.',
): readonly Problem[] {
  return results.flatMap((result, index) => {
    const check = model.checks[index];
    const { action, failures } = result;
    if (check === undefined || failures === 0 || action === 'drop') return [];
    const message = `${model.name}: the check ${check.text} ${verdict(check, result)}`;
    const rows = failing.get(result.check);
    const cause = rows && describeFailingRows(check, rows);
    const more = { place: placeAt(model.position, check.span), ...(cause !== undefined && { cause }) };
    if (action === 'warn') return [warning('check.warned', message, more)];
    const hint = `${stays} Mend the SQL or the data${wayOut(check)}.`;
    return [problem('check.failed', message, { ...more, hint })];
  });
}

function verdict(check: Check, { failures, found = [] }: CheckResult): string {
  if (check.kind === 'fresh') {
    const newest = found[0]?.value ?? null;
    return newest === null
      ? `fails: no row has a ${check.column.name}.`
      : `fails: the newest ${check.column.name} is ${newest}.`;
  }
  if (check.kind !== 'table') return `fails for ${formatQuantity(failures, 'row')}.`;
  return `fails: ${found.map(({ aggregate, value }) => `${aggregate} is ${value ?? 'NULL'}`).join(', ')}.`;
}

function wayOut({ kind }: Check): string {
  if (kind === 'unique') return ' (QUALIFY row_number() keeps one row of each key)';
  return kind === 'table' || kind === 'fresh' ? '' : ', or let the check `drop` the rows';
}
