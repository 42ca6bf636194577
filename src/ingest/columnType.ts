import { quoteIdentifier, quoteLiteral } from '../sql/names.js';

/** The types that a contract can give a column; DECIMAL with its precision and scale. */
export const columnTypePattern =
  '^(BOOLEAN|INTEGER|BIGINT|DOUBLE|DATE|TIME|TIMESTAMP|VARCHAR|DECIMAL\\(([1-9]|[12][0-9]|3[0-8]),([0-9]|[12][0-9]|3[0-8])\\))$';

/** How texts become dates and timestamps where they are not ISO 8601. */
export interface TimeFormats {
  readonly dateFormat?: string | undefined;
  readonly timestampFormat?: string | undefined;
}

/** The type under which the engine's CSV reader reads a column. */
export function readAs(type: string): string {
  return type === 'BOOLEAN' ? type : 'VARCHAR';
}

/**
 * The column in its type, from its text. The engine's own conversions are lenient in ways that change
 * values without a word: to an integer 1.5 becomes 2 and 007 becomes 7, 1_000 is 1000 to every number, a DECIMAL
 * is rounded, a date loses its time of day, a timestamp or time its offset, and with a format `infinity` becomes 1900-01-01. So a text is
 * converted only when it has the type's shape; any other raises an error that names file, record and column.
 * Needs `_file` and `_row` beside the column.
 */
export function typedColumn(name: string, type: string, formats: TimeFormats): string {
  const column = quoteIdentifier(name);
  const cases = casesOf(column, type, formats);
  if (cases === undefined) return column;
  return `CASE ${cases} ELSE ${misfit(name)} END AS ${column}`;
}

/** What the error of a text without its type's shape begins with; JSON follows. */
export const misfitMark = 'landing.value ';

function misfit(name: string): string {
  const column = quoteIdentifier(name);
  const details = `json_object('file', _file, 'row', _row, 'column', ${quoteLiteral(name)}, 'value', ${column})`;
  return `CASE WHEN ${column} IS NOT NULL THEN error('${misfitMark}' || ${details}) END`;
}

/**
 * The conditions under which a text is converted. The engine computes the same cast once for all of them.
 * Planning a wide file takes longer than reading it: regular expressions, comparisons with a constant and IN
 * cost the most there, so numbers do without where they can.
 */
function casesOf(column: string, type: string, formats: TimeFormats): string | undefined {
  const value = `TRY_CAST(${column} AS ${type})`;
  const when = (condition: string) => `WHEN ${value} IS NOT NULL AND (${condition}) THEN ${value}`;
  switch (type) {
    case 'BIGINT':
    case 'INTEGER':
      return `${unchanged(column, value)} WHEN ${column} = '-0' THEN ${value}`;
    case 'DOUBLE':
      return when(`replace(${column}, '_', '') = ${column}`);
    case 'DATE':
      if (formats.dateFormat !== undefined) return parsed(column, formats.dateFormat, type);
      return when(`strlen(${column}) = 10`);
    case 'TIMESTAMP':
      if (formats.timestampFormat !== undefined) return parsed(column, formats.timestampFormat, type);
      return when(isoTimestamp(column));
    case 'TIME':
      return when(`regexp_full_match(${column}, '[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?')`);
    default:
      return type.startsWith('DECIMAL')
        ? `${unchanged(column, value)} ${when(fixedPoint(column, type))}`
        : undefined;
  }
}

/** A number that is written as the engine would write it. */
function unchanged(column: string, value: string): string {
  return `WHEN ${value}::VARCHAR = ${column} THEN ${value}`;
}

/** The first branch is for speed. */
function isoTimestamp(column: string): string {
  return `${column} LIKE '____-__-_____:__:__' OR regexp_full_match(${column}, '.{16}(:[0-9]{2}([.][0-9]{1,6})?)?')`;
}

function fixedPoint(column: string, type: string): string {
  const scale = /,([0-9]+)\)$/.exec(type)?.[1] ?? '0';
  return `regexp_full_match(${column}, '[+-]?[0-9]*([.][0-9]{0,${scale}}0*)?')`;
}

function parsed(column: string, format: string, type: string): string {
  const value = `CAST(try_strptime(${column}, ${quoteLiteral(format)}) AS ${type})`;
  return `WHEN ${value} IS NOT NULL THEN ${value}`;
}
