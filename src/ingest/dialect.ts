import { formatQuantity } from '../protocol/wording.js';
import type { Dialect } from './contractSchema.js';
import { excerpt } from './fileProblem.js';
import { type CsvRecord, readRecords } from './records.js';
import { looksLikeValue } from './valueType.js';

/** The dialect of a text, or why it can't be told. */
export type DialectFinding = { readonly dialect: Dialect } | { readonly fault: SampleFault };

/** What is wrong with a sample; `what` continues a sentence that begins with the file's name. */
export interface SampleFault {
  readonly what: string;
  readonly line?: number;
  readonly hint?: string;
}

/** The delimiters that are told from a text. */
export const delimiters = [',', ';', '\t', '|'];
const plainQuotes = { quote: '"', escape: '"' };
const otherQuotes = [
  { quote: '"', escape: '\\' },
  { quote: "'", escape: "'" },
];
const mostRecords = 5000;

/**
 * Finds the delimiter and the quote under which every record of a text has the same number of fields. It does
 * not settle for a dialect that nearly fits: a single damaged line would then turn a table into one column.
 */
export function detectDialect(text: string, complete: boolean): DialectFinding {
  const shapes = delimiters.map((delimiter) => shapeOf(text, { delimiter, ...plainQuotes }, complete));
  const [fit, ...moreFits] = shapes.filter(fits);
  if (fit !== undefined && moreFits.length > 0) return { fault: ambiguous([fit, ...moreFits]) };
  if (fit !== undefined) return { dialect: withSingleQuotes(fit, text, complete) ?? fit.dialect };
  const other = otherQuoting(text, complete);
  if (other !== undefined) return { dialect: other };
  if (shapes.every(isOneColumn)) return oneColumn(shapes);
  return { fault: misfit(shapes) };
}

/** A delimiter as people call it. */
export function delimiterName(delimiter: string): string {
  return delimiter === '\t' ? 'a tab' : delimiter;
}

/** How a text looks under one dialect. */
interface Shape {
  readonly dialect: Dialect;
  readonly records: readonly CsvRecord[];
  /** The number of fields that most records have, and how many have it. */
  readonly width: number;
  readonly regular: number;
}

function shapeOf(text: string, dialect: Dialect, complete: boolean): Shape {
  const records: CsvRecord[] = [];
  for (const record of readRecords(text, dialect, complete)) {
    if (record.text !== '') records.push(record);
    if (records.length === mostRecords) break;
  }
  const widths = new Map<number, number>();
  for (const { fields } of records) widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
  const [width, regular] = [...widths].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0]);
  return { dialect, records, width, regular };
}

function fits(shape: Shape): boolean {
  return shape.width > 1 && shape.regular === shape.records.length && quoteFaultOf(shape) === undefined;
}

function isOneColumn(shape: Shape): boolean {
  return shape.width === 1 && shape.regular === shape.records.length && quoteFaultOf(shape) === undefined;
}

/** One column, unless its lines are so alike that they seem to be several which nothing here separates. */
function oneColumn([shape]: readonly Shape[]): DialectFinding {
  const lines = shape?.records.map(({ text }) => text) ?? [];
  const [header = ''] = lines;
  const isLike = (separator: RegExp | string) => {
    const width = header.split(separator).filter((name) => name.trim() !== '').length;
    return (
      width > 1 && lines.every((line) => line.split(separator).length === header.split(separator).length)
    );
  };
  const delimiter = [...new Set(header.match(rareDelimiter))].find(isLike);
  if (delimiter !== undefined) {
    const what = `seems to be separated by ${JSON.stringify(delimiter)}, which is told from no file`;
    return { fault: { what, line: 1, hint: byHand } };
  }
  if (lines.every((line) => / {2}/.test(line.trim())) || (isLike(/ +/) && hasValues(lines, / +/))) {
    const what = 'seems to have columns with blanks between them';
    return { fault: { what, line: 1, hint: `Export it with a delimiter. If it is one column: ${byHand}` } };
  }
  return { dialect: { delimiter: ',', ...plainQuotes } };
}

/** What nobody writes once into each value and into their name. */
const rareDelimiter = /[^\p{L}\p{M}\p{N}\s"'.,;|_\-/@()]/gu;

/** Below the first line, one of the parts is a number, a date or the like in every line. */
function hasValues([header = '', ...lines]: readonly string[], separator: RegExp): boolean {
  const rows = lines.map((line) => line.split(separator));
  return (
    lines.length > 0 &&
    header.split(separator).some((_, at) => rows.every((row) => looksLikeValue(row[at] ?? '')))
  );
}

function quoteFaultOf({ records }: Shape): CsvRecord | undefined {
  return records.find(({ fault }) => fault !== undefined);
}

function otherQuoting(text: string, complete: boolean): Dialect | undefined {
  for (const quoting of otherQuotes) {
    const shapes = delimiters.map((delimiter) => shapeOf(text, { delimiter, ...quoting }, complete));
    const [fit, another] = shapes.filter((shape) => fits(shape) && !hasStrayQuotes(shape));
    if (fit !== undefined && another === undefined) return fit.dialect;
  }
  return undefined;
}

/** Values that begin with a double quote which the dialect takes for text: a broken quote, not another dialect. */
function hasStrayQuotes({ dialect, records }: Shape): boolean {
  if (dialect.quote === '"') return false;
  return records.some(({ fields }) => fields.some((value) => value.trimStart().startsWith('"')));
}

/**
 * A column whose every value is in single quotes: they are its quotes, if the table fits with them too. Two
 * apostrophes alone say nothing: they may be the text.
 */
function withSingleQuotes(shape: Shape, text: string, complete: boolean): Dialect | undefined {
  const isWrapped = (value: string) => value.length > 1 && value.startsWith("'") && value.endsWith("'");
  const rows = shape.records.slice(1);
  const wrapped = shape.records[0]?.fields.some((_, column) => {
    const values = rows.map(({ fields }) => fields[column] ?? '');
    return values.every(isWrapped) && values.some((value) => value.length > 2);
  });
  if (wrapped !== true) return undefined;
  const dialect = { delimiter: shape.dialect.delimiter, quote: "'", escape: "'" };
  const other = shapeOf(text, dialect, complete);
  return fits(other) && other.width === shape.width && !hasStrayQuotes(other) ? dialect : undefined;
}

function ambiguous(shapes: readonly Shape[]): SampleFault {
  const names = shapes.map(({ dialect, width }) => `${delimiterName(dialect.delimiter)} (${width} columns)`);
  return { what: `can be read with more than one delimiter: ${names.join(', ')}`, hint: byHand };
}

const byHand = 'Write its contract by hand, see docs/contracts.md.';

function misfit(shapes: readonly Shape[]): SampleFault {
  const share = ({ width, regular, records }: Shape) => (width > 1 ? regular / records.length : 0);
  const nearest = shapes.reduce((best, shape) => (share(shape) > share(best) ? shape : best));
  const quoteFault = quoteFaultOf(nearest);
  if (quoteFault?.fault !== undefined) return quoteProblem(quoteFault);
  if (share(nearest) < 0.5) return noDelimiter(shapes);
  const { width, records, dialect } = nearest;
  const first = records.findIndex(({ fields }) => fields.length === width);
  const leading = records.slice(first).every(({ fields }) => fields.length === width);
  if (first > 0 && leading) return preamble(records[0], records[first]);
  const record = records.find(({ fields }) => fields.length !== width);
  return raggedLine(record, width, dialect.delimiter);
}

/** A record whose quotes are wrong. */
export function quoteProblem({ fault, line, text }: CsvRecord): SampleFault {
  const hint =
    fault === 'a quote that never closes'
      ? 'Close the quote, or write a quote inside a value twice.'
      : 'Write a quote inside a quoted value twice, or give "escape" in a contract written by hand.';
  return { what: `has ${fault} on line ${line}: ${excerpt(text)}`, line, hint };
}

/** A record with another number of fields than the header. */
export function raggedLine(record: CsvRecord | undefined, width: number, delimiter: string): SampleFault {
  const { fields = [], line = 1, text = '' } = record ?? {};
  return {
    what: `has ${formatQuantity(fields.length, 'field')} on line ${line} where ${width} belong, with the delimiter ${delimiterName(delimiter)}: ${excerpt(text)}`,
    line,
    hint: 'Correct the line; a value that holds the delimiter has to be quoted.',
  };
}

/** Lines above the header. */
export function preamble(first: CsvRecord | undefined, header: CsvRecord | undefined): SampleFault {
  const { line = 1, text = '' } = first ?? {};
  return {
    what: `does not begin with its header: line ${line} is ${excerpt(text)}, the table seems to begin on line ${header?.line}`,
    line,
    hint: 'Remove the lines above the header.',
  };
}

function noDelimiter(shapes: readonly Shape[]): SampleFault {
  if (shapes.every(({ records }) => records.length === 0))
    return { what: 'has only blank lines', line: 1, hint: 'Copy it again, whole.' };
  const record = shapes.flatMap(({ records }) => records).find(({ fields }) => fields.length > 1);
  return {
    what: `has no delimiter that splits every line alike; line ${record?.line} is ${excerpt(record?.text ?? '')}`,
    ...(record && { line: record.line }),
    hint: `If it is one column, quote the values that hold a delimiter. ${byHand}`,
  };
}
