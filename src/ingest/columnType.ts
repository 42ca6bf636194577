import type { ResultColumn } from '../protocol/result.js';
import { quoteIdentifier, quoteLiteral } from '../sql/names.js';

/** The types that a contract can give a column; DECIMAL with its precision and scale. */
export const columnTypePattern =
  '^(BOOLEAN|INTEGER|BIGINT|DOUBLE|DATE|TIME|TIMESTAMP|VARCHAR|DECIMAL\\(([1-9]|[12][0-9]|3[0-8]),([0-9]|[12][0-9]|3[0-8])\\))$';

/** How texts become dates and timestamps where they are not ISO 8601. */
export interface TimeFormats {
  readonly dateFormat?: string | undefined;
  readonly timestampFormat?: string | undefined;
}

/** A text column on its way to its type, in SQL for two SELECTs, one in the other. */
export interface TypedColumn {
  /** Of the inner SELECT, beside the texts: what the outer one compares them with. Absent where there is no need. */
  readonly attempt?: string;
  /** Of the outer SELECT; needs `_file` and `_row` beside the column. */
  readonly converted: string;
  /** Of the outer SELECT: TRUE for a text that `converted` raises an error for. Absent where every text fits. */
  readonly misfit?: string;
}

/**
 * The columns in their types, from their texts. The engine's own conversions are lenient in ways that change
 * values without a word: to an integer 1.5 becomes 2 and 007 becomes 7, 1_000 is 1000 to every number, a DECIMAL
 * is rounded, a date loses its time of day, a timestamp or time its offset, and with a format `infinity` becomes 1900-01-01. So a text is
 * converted only when it has the type's shape; any other raises an error that names file, record and column.
 *
 * A wide file takes longer to plan than to read, so these are the forms that are planned fast: an expression in
 * which one column stands twice makes the engine's search for repeated parts quadratic in the columns.
 */
export function typedColumns(columns: readonly ResultColumn[], formats: TimeFormats): readonly TypedColumn[] {
  const prefix = unusedPrefix(columns.map(({ name }) => name.toLowerCase()));
  return columns.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    const value = quoteIdentifier(`${prefix}${name}`);
    const typed = attemptOf(column, type, formats);
    if (typed === undefined) return { converted: column };
    const conditions = shapeOf(column, value, type, formats);
    const results = conditions.map((condition) => `CASE WHEN ${condition} THEN ${value} END`).join(', ');
    return conditions.length === 0
      ? {
          converted: `coalesce(${typed}, ${misfit(name)}) AS ${column}`,
          misfit: `(${column} IS NOT NULL AND ${typed} IS NULL)`,
        }
      : {
          attempt: `${typed} AS ${value}`,
          converted: `coalesce(${results}, ${misfit(name)}) AS ${column}`,
          misfit: `(${column} IS NOT NULL AND coalesce(${results}) IS NULL)`,
        };
  });
}

function unusedPrefix(names: readonly string[], wish = 'value of '): string {
  return names.some((name) => name.startsWith(wish)) ? unusedPrefix(names, `_${wish}`) : wish;
}

/** What the error of a text without its type's shape begins with; JSON follows. */
export const misfitMark = 'landing.value ';

function misfit(name: string): string {
  const column = quoteIdentifier(name);
  const details = `json_object('file', _file, 'row', _row, 'column', ${quoteLiteral(name)}, 'value', ${column})`;
  return `CASE WHEN ${column} IS NOT NULL THEN error('${misfitMark}' || ${details}) END`;
}

/** The value by the engine's lenient conversion, NULL where even that fails; undefined for a type that is read as it is. */
function attemptOf(column: string, type: string, formats: TimeFormats): string | undefined {
  const format = formatOf(type, formats);
  if (format !== undefined) return `CAST(try_strptime(${column}, ${quoteLiteral(format)}) AS ${type})`;
  if (type === 'DOUBLE') return `TRY_CAST(replace(${column}, '_', '?') AS DOUBLE)`;
  return type === 'VARCHAR' ? undefined : `TRY_CAST(${column} AS ${type})`;
}

/** The conditions under one of which a value says what its text says; none where every value does. */
function shapeOf(column: string, value: string, type: string, formats: TimeFormats): readonly string[] {
  const format = formatOf(type, formats);
  if (format !== undefined) return momentShape(column, value, format);
  if (type === 'BOOLEAN') return [];
  const unchanged = `${value}::VARCHAR = ${column}`;
  switch (type) {
    case 'BIGINT':
    case 'INTEGER':
      return [unchanged, `${column} = '-0'`];
    case 'DOUBLE':
      // A number too large for it becomes infinite; the text can say so itself.
      return [`isfinite(${value})`, matches(column, '[^0-9]*')];
    case 'DATE':
      return [`strlen(${column}) = 10`];
    case 'TIMESTAMP':
      // The first is for speed.
      return [`${column} LIKE '____-__-_____:__:__'`, matches(column, '.{16}(:[0-9]{2}([.][0-9]{1,6})?)?')];
    case 'TIME':
      return [matches(column, '[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?')];
    default:
      return [unchanged, matches(column, fixedPoint(type))];
  }
}

/** Whatever the format, `infinity` and `epoch` are taken, and `%Y` takes a year of two digits for one of the first century. */
function momentShape(column: string, value: string, format: string): readonly string[] {
  const digit = `regexp_matches(${column}, '[0-9]')`;
  if (!format.includes('%Y')) return [digit];
  return [
    `${value} >= DATE '1000-01-01' AND ${digit}`,
    `regexp_matches(${column}, '(^|[^0-9])0[0-9]{3}([^0-9]|$)')`,
  ];
}

function formatOf(type: string, { dateFormat, timestampFormat }: TimeFormats): string | undefined {
  if (type === 'DATE') return dateFormat;
  return type === 'TIMESTAMP' ? timestampFormat : undefined;
}

function matches(column: string, pattern: string): string {
  return `regexp_full_match(${column}, '${pattern}')`;
}

function fixedPoint(type: string): string {
  const scale = /,([0-9]+)\)$/.exec(type)?.[1] ?? '0';
  return `[+-]?[0-9]*([.][0-9]{0,${scale}}0*)?`;
}
