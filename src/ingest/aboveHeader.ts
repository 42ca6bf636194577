import type { Dialect } from './contractSchema.js';
import { preamble, type SampleFault } from './dialect.js';
import { excerpt } from './fileProblem.js';
import { type CsvRecord, readRecords } from './records.js';

/** The beginning of a file's text, or all of it. */
interface TextBeginning {
  readonly text: string;
  readonly complete: boolean;
}

/** How far below the first line a header is looked for. */
const mostLines = 20;

/** The line by which Excel is told the delimiter: no other program takes it for anything but data. */
export function separatorLine(text: string): SampleFault | undefined {
  const [line] = /^"?sep=.?"?(?=[\r\n])/i.exec(text) ?? [];
  if (line === undefined) return undefined;
  return {
    what: `begins with the line ${excerpt(line)}, which is for Excel alone`,
    line: 1,
    hint: 'Remove that line: the delimiter is found without it.',
  };
}

/**
 * A title line that has the delimiters of the table, as spreadsheets write it: more blank fields than others,
 * above a line that could be a header. Undefined when the first line is none.
 */
export function titleLine(
  { text, complete }: TextBeginning,
  dialect: Dialect,
  isHeader: (record: CsvRecord) => boolean,
): SampleFault | undefined {
  let first: CsvRecord | undefined;
  for (const record of readRecords(text, dialect, complete)) {
    first ??= record;
    if (isMostlyBlank(record)) continue;
    return record !== first && isHeader(record) ? preamble(first, record) : undefined;
  }
  return undefined;
}

/** Lines above the header of a file whose columns are known. */
export function linesAboveHeader(
  { text, complete }: TextBeginning,
  dialect: Dialect,
  isHeader: (record: CsvRecord) => boolean,
): SampleFault | undefined {
  let first: CsvRecord | undefined;
  for (const record of readRecords(text, dialect, complete)) {
    if (record.line > mostLines) return undefined;
    if (first !== undefined && isHeader(record)) return preamble(first, record);
    first ??= record;
  }
  return undefined;
}

function isMostlyBlank({ fields }: CsvRecord): boolean {
  return fields.filter((value) => value.trim() === '').length * 2 > fields.length;
}
