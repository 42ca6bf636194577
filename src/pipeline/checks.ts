import { type Model, placeAt } from '../graph/model.js';
import type { CheckResult } from '../lake/manifest.js';
import type { Check, ColumnsCheck } from '../notebook/checks.js';
import { type Problem, problem, warning } from '../protocol/problem.js';
import { quoteIdentifier } from '../sql/names.js';

/**
 * The condition under which `drop` checks take a row out; undefined when no check drops.
 * As in SQL's CHECK a rule that gives NULL is kept: only FALSE fails.
 */
export function dropCondition(checks: readonly Check[]): string | undefined {
  const conditions = checks.filter(({ action }) => action === 'drop').map(failsFor);
  return conditions.length === 0 ? undefined : conditions.join(' OR ');
}

/** TRUE for a row that breaks a row rule or `not_null`. */
export function failsFor(check: Check): string {
  if (check.kind === 'row') return `((${check.expression}) IS FALSE)`;
  return `(${columnsOf(check)
    .map((column) => `${column} IS NULL`)
    .join(' OR ')})`;
}

/** One SELECT over `source` that counts, in order, how many rows fail each check. */
export function countFailures(checks: readonly Check[], source: string): string {
  const counts = checks.map((check, index) => `${countOf(check, source)} AS c${index}`);
  return `SELECT ${counts.join(', ')} FROM ${source}`;
}

function countOf(check: Check, source: string): string {
  if (check.kind !== 'unique') return `count(*) FILTER (${failsFor(check)})`;
  return `(${countRepeated(columnsOf(check), source)})`;
}

/** The columns of `not_null` and `unique`, quoted. */
export function columnsOf(check: ColumnsCheck): readonly string[] {
  return check.columns.map(({ name }) => quoteIdentifier(name));
}

/** Rows beyond the first of each key; as in SQL's UNIQUE a key with a NULL repeats nothing. */
function countRepeated(columns: readonly string[], source: string): string {
  const key = columns.join(', ');
  const complete = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
  return (
    `SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM ${source} ` +
    `WHERE ${complete} GROUP BY ${key} HAVING count(*) > 1)`
  );
}

/** What the checks' results mean: errors for `fail`, warnings for `warn`; dropped rows are no problem. */
export function judge(model: Model, results: readonly CheckResult[]): readonly Problem[] {
  return results.flatMap(({ action, failures }, index) => {
    const check = model.checks[index];
    if (check === undefined || failures === 0 || action === 'drop') return [];
    const rows = failures === 1 ? '1 row' : `${failures} rows`;
    const text = check.text.trim();
    const message = `${model.name}: the check ${text} fails for ${rows}.`;
    const place = placeAt(model.position, check.span);
    return action === 'warn'
      ? [warning('check.warned', message, { place })]
      : [
          problem('check.failed', message, {
            place,
            hint: `Nothing was published. Mend the SQL or the data${check.kind === 'unique' ? ' (QUALIFY row_number() keeps one row of each key)' : ', or let the check `drop` the rows'}.`,
          }),
        ];
  });
}
