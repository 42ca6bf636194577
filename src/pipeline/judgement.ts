import { type Model, placeAt } from '../graph/model.js';
import type { AggregateFound, CheckResult } from '../lake/manifest.js';
import type { Check } from '../notebook/checks.js';
import { type Problem, problem, warning } from '../protocol/problem.js';
import { formatQuantity } from '../protocol/wording.js';

/**
 * What the checks' results mean: errors for `fail`, warnings for `warn`; dropped rows are no problem.
 * @param stays what becomes of the rows when a check fails.
 */
export function judge(
  model: Model,
  results: readonly CheckResult[],
  stays = 'Nothing was published.',
): readonly Problem[] {
  return results.flatMap((result, index) => {
    const check = model.checks[index];
    const { action, failures } = result;
    if (check === undefined || failures === 0 || action === 'drop') return [];
    const message = `${model.name}: the check ${check.text.trim()} ${verdict(check, result)}`;
    const place = placeAt(model.position, check.span);
    if (action === 'warn') return [warning('check.warned', message, { place })];
    return [
      problem('check.failed', message, { place, hint: `${stays} Mend the SQL or the data${wayOut(check)}.` }),
    ];
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

/** What the aggregates of a rule gave, for its result. */
export function foundOf(
  aggregates: readonly string[],
  values: readonly unknown[],
): readonly AggregateFound[] {
  return aggregates.map((aggregate, index) => {
    const value = values[index];
    return { aggregate, value: typeof value === 'string' ? value : null };
  });
}
