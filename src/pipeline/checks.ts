import type { DropRule } from '../engine/engine.js';
import type { Check, ReferencesCheck } from '../notebook/checks.js';
import { lakeKey, quoteIdentifier, quoteLiteral, unusedName } from '../sql/names.js';

/** What a rule's SQL needs to know besides the rule. */
export interface CheckScope {
  /** Key of the model: a reference to it looks at the rows to be published. */
  readonly model: string;
  readonly runStartedAt: Date;
}

/**
 * The rules under which rows are taken out; undefined when no check drops. As in SQL's CHECK a rule that gives NULL
 * keeps the row: only FALSE fails.
 */
export function dropRules(checks: readonly Check[]): readonly DropRule[] | undefined {
  const rules = checks
    .filter(({ action }) => action === 'drop')
    .flatMap((check) => {
      const when = failsFor(check);
      return when === undefined ? [] : [{ when, text: check.text }];
    });
  return rules.length === 0 ? undefined : rules;
}

/** TRUE for a row that breaks a rule of rows; undefined for a rule that says nothing of one row. */
export function failsFor(check: Check): string | undefined {
  switch (check.kind) {
    case 'row':
      return `((${check.expression}) IS FALSE)`;
    case 'not_null':
      return `(${columnsOf(check)
        .map((column) => `${column} IS NULL`)
        .join(' OR ')})`;
    case 'accepted': {
      const values = check.values.map(({ sql }) => sql).join(', ');
      return `((${quoteIdentifier(check.column.name)} IN (${values})) IS FALSE)`;
    }
    case 'references': {
      // NOT IN of nothing is TRUE for NULL, too.
      const column = quoteIdentifier(check.column.name);
      const { value, source } = referencedBy(check);
      return `(${column} IS NOT NULL AND ${column} NOT IN (SELECT ${value} FROM ${source} WHERE ${value} IS NOT NULL))`;
    }
    default:
      return undefined;
  }
}

/** Of what `references(…)` compares with: the column and the table in a FROM. `source` stands for its own table. */
export function referencedBy(
  { table, referenced }: ReferencesCheck,
  source = `${quoteIdentifier(table.layer)}.${quoteIdentifier(table.name)}`,
): { readonly value: string; readonly source: string } {
  const alias = quoteIdentifier('the referenced table');
  return { value: `${alias}.${quoteIdentifier(referenced.name)}`, source: `${source} AS ${alias}` };
}

/** Tells whether a rule compares the rows of the model, a key, with one another. */
export function isOwnReference(check: ReferencesCheck, model: string): boolean {
  return lakeKey(check.table) === model;
}

/** The columns of `not_null` and `unique`, quoted. */
export function columnsOf(check: Extract<Check, { readonly columns: unknown }>): readonly string[] {
  return check.columns.map(({ name }) => quoteIdentifier(name));
}

/** One SELECT over `source`, a file or a query, and where in its one row the answers stand. */
export interface CountingQuery {
  readonly sql: string;
  /** For each check in order: how many columns it takes, the count of failures first, then its aggregates. */
  readonly widths: readonly number[];
}

/** Counts how many rows fail each check, and gives what the aggregates of the others are, in one SELECT. */
export function countFailures(checks: readonly Check[], source: string, scope: CheckScope): CountingQuery {
  const columns = checks.map((check) => [countOf(check, source, scope), ...valuesOf(check)]);
  const list = columns.flat().map((column, index) => `${column} AS ${quoteIdentifier(`answer ${index}`)}`);
  return { sql: `SELECT ${list.join(', ')} FROM ${source}`, widths: columns.map(({ length }) => length) };
}

function countOf(check: Check, source: string, scope: CheckScope): string {
  switch (check.kind) {
    case 'unique':
      return `(${countRepeated(columnsOf(check), source)})`;
    case 'references':
      return `(SELECT count(*) ${withoutReference(check, source, scope)})`;
    case 'table':
      return `CASE WHEN (${check.expression}) IS FALSE THEN 1 ELSE 0 END`;
    case 'fresh':
      return `CASE WHEN (${freshCondition(check, scope)}) IS TRUE THEN 0 ELSE 1 END`;
    default:
      return `count(*) FILTER (${failsFor(check)})`;
  }
}

/** The aggregates of a rule of the table, as written. */
export function aggregatesOf(check: Check): readonly string[] {
  if (check.kind === 'table') return check.aggregates;
  return check.kind === 'fresh' ? [`max(${quoteIdentifier(check.column.name)})`] : [];
}

/** A value is for people to read: a list of a million elements is not. */
function valuesOf(check: Check): readonly string[] {
  return aggregatesOf(check).map((aggregate) => `left(CAST(${aggregate} AS VARCHAR), 100)`);
}

/** The first rows of `source` that fail a check, or keys that repeat; undefined for a rule of the table as a whole. */
export function failingRows(
  check: Check,
  source: string,
  scope: CheckScope,
  limit: number,
): string | undefined {
  const some = `LIMIT ${limit}`;
  switch (check.kind) {
    case 'table':
    case 'fresh':
      return undefined;
    case 'unique': {
      const key = columnsOf(check).join(', ');
      const count = quoteIdentifier(
        unusedName(
          'rows',
          check.columns.map(({ name }) => name),
        ),
      );
      return `SELECT ${key}, count(*) AS ${count} ${repeatedKeys(columnsOf(check), source)} ORDER BY count(*) DESC, ${key} ${some}`;
    }
    case 'references':
      return `SELECT ${theRows}.* ${withoutReference(check, source, scope)} ${some}`;
    default:
      return `SELECT * FROM ${source} WHERE ${failsFor(check)} ${some}`;
  }
}

const theRows = quoteIdentifier('the rows');

/** Rows beyond the first of each key; as in SQL's UNIQUE a key with a NULL repeats nothing. */
function countRepeated(columns: readonly string[], source: string): string {
  const repeated = `SELECT count(*) AS n ${repeatedKeys(columns, source)}`;
  return `SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (${repeated})`;
}

function repeatedKeys(columns: readonly string[], source: string): string {
  const complete = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
  return `FROM ${source} WHERE ${complete} GROUP BY ${columns.join(', ')} HAVING count(*) > 1`;
}

function withoutReference(check: ReferencesCheck, source: string, scope: CheckScope): string {
  const own = `${theRows}.${quoteIdentifier(check.column.name)}`;
  const other = referencedBy(check, isOwnReference(check, scope.model) ? source : undefined);
  return `FROM ${source} AS ${theRows} ANTI JOIN ${other.source} ON ${own} = ${other.value} WHERE ${own} IS NOT NULL`;
}

/** Of a column of days, days are compared: a day counts as a whole. */
function freshCondition(
  { column, within }: Extract<Check, { readonly kind: 'fresh' }>,
  { runStartedAt }: CheckScope,
): string {
  const newest = `max(${quoteIdentifier(column.name)})`;
  const oldest = `TIMESTAMPTZ ${quoteLiteral(runStartedAt.toISOString())} - INTERVAL ${quoteLiteral(within)}`;
  return (
    `CASE WHEN typeof(${newest}) = 'DATE' THEN CAST(${newest} AS DATE) >= CAST(${oldest} AS DATE) ` +
    `ELSE ${newest} >= ${oldest} END`
  );
}
