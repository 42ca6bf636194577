import type { Answer, Cell } from './description.js';
import type { Column, TrueReject, Truth } from './print.js';

/** What a reader made of the files. */
export type Reading =
  | {
      readonly is: 'read';
      readonly columns: readonly Column[];
      /** Values as texts. */
      readonly rows: readonly ReadRow[];
      readonly rejects: readonly Omit<TrueReject, 'isData'>[];
    }
  | {
      readonly is: 'refused';
      readonly message: string;
      readonly line?: number | undefined;
      /** It is about the files, names one or the cell that reads it, and says what to try. */
      readonly isExplained: boolean;
      /** Records that were told of beside it. */
      readonly rejects: readonly Omit<TrueReject, 'isData'>[];
    };

export interface ReadRow {
  /** Absent where the reader does not tell. */
  readonly file?: string;
  readonly row?: number;
  readonly values: readonly (string | null)[];
}

export type Outcome = Answer | 'silently wrong';

export interface Judgement {
  readonly outcome: Outcome;
  /** What is wrong, in one line. */
  readonly why?: string;
}

/**
 * Judges a reading by the truth: the rows exactly, with file and number where the reader tells them; the types
 * where they are asked for; the rejected records exactly. It reads no CSV.
 */
export function judge(truth: Truth, reading: Reading, isTyped: boolean): Judgement {
  if (reading.is === 'refused') return judgeRefusal(truth, reading);
  const why =
    (truth.isUnreadable ? 'it was read, and can not be' : undefined) ??
    columnFault(truth, reading.columns, isTyped) ??
    rowFault(truth, reading.rows) ??
    rejectFault(truth, reading.rejects, isTyped);
  if (why !== undefined) return { outcome: 'silently wrong', why };
  return { outcome: reading.rejects.length > 0 ? 'rejected' : 'right' };
}

function judgeRefusal(
  truth: Truth,
  { message, isExplained, rejects }: Reading & { is: 'refused' },
): Judgement {
  if (!isExplained) return { outcome: 'silently wrong', why: `an error that explains nothing: ${message}` };
  const why = rejects.length === 0 ? undefined : rejectFault(truth, rejects, true);
  return why === undefined ? { outcome: 'loud' } : { outcome: 'silently wrong', why };
}

function columnFault(truth: Truth, read: readonly Column[], isTyped: boolean): string | undefined {
  const print = (columns: readonly Column[]) =>
    columns
      .map(({ name, type }) => (truth.isNameless ? '?' : isTyped ? `${name} ${type}` : name.trim()))
      .join(', ');
  if (print(truth.columns) === print(read)) return undefined;
  return `the columns are ${excerpt(read.map(({ name, type }) => `${name} ${type}`).join(', '))}`;
}

function rowFault(truth: Truth, rows: readonly ReadRow[]): string | undefined {
  if (rows.length !== truth.rows.length) return `${rows.length} rows instead of ${truth.rows.length}`;
  const read = new Map(rows.map((each, index) => [keyOf(each, index), each.values]));
  for (const [index, each] of truth.rows.entries()) {
    const isNumbered = rows[index]?.row !== undefined;
    const key = keyOf(isNumbered ? each : {}, index);
    const values = read.get(key);
    if (values === undefined) return `the row ${key} is not there`;
    const odd = each.cells.findIndex((cell, at) => !means(cell, values[at] ?? null, truth.columns[at]?.type));
    if (odd >= 0) {
      const { name } = truth.columns[odd] ?? { name: '?' };
      return `row ${key}: ${name} is ${excerpt(JSON.stringify(values[odd]))}`;
    }
  }
  return undefined;
}

function keyOf({ file, row }: { readonly file?: string; readonly row?: number }, index: number): string {
  return file === undefined ? String(index + 1) : `${row} of ${file}`;
}

function rejectFault(truth: Truth, read: Reading['rejects'], isTold: boolean): string | undefined {
  if (!isTold)
    return truth.rejects.some(({ isData }) => isData) ? 'it says nothing of bad records' : undefined;
  const print = (rejects: Reading['rejects']) =>
    rejects
      .map(({ file, row, line, reason, column }) => [file, row, line, reason, column ?? ''].join(' '))
      .sort()
      .join('; ');
  return print(truth.rejects) === print(read) ? undefined : `rejected are ${excerpt(print(read))}`;
}

/** Tells whether what came out says what was written. A DOUBLE is what is nearest; all else is exact. */
export function means(cell: Cell, read: string | null, type: string | undefined): boolean {
  if (cell === null) return read === null;
  if (typeof cell !== 'string') return means(cell.text, read, type) || cell.or.includes(read);
  if (read === null) return cell === '';
  if (cell === read) return true;
  if (type === 'DOUBLE' && cell !== '' && Number(cell) === Number(read)) return true;
  return [decimalOf, timeOf, booleanOf].some((form) => {
    const wanted = form(cell);
    return wanted !== undefined && wanted === form(read);
  });
}

/** A number in one form; a code with leading zeros or a plus is none. */
function decimalOf(text: string): string | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(0|[1-9]\d*|(?=\.\d))(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const shift = Number(exponent) - fraction.length;
  const digits = (whole + fraction).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  return short === '' ? '0' : `${sign}${short}e${shift + digits.length - short.length}`;
}

/** A time or timestamp with seconds and without zeros at the end of its fraction. */
function timeOf(text: string): string | undefined {
  const [, date, time, seconds = '00', fraction = ''] =
    /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?$/.exec(text) ?? [];
  return time === undefined ? undefined : `${date ?? ''} ${time}:${seconds}.${fraction.replace(/0+$/, '')}`;
}

function booleanOf(text: string): string | undefined {
  return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined;
}

function excerpt(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
