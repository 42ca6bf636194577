import { gzipSync } from 'node:zlib';
import {
  type Cell,
  type Encoding,
  type Form,
  type Line,
  none,
  type Pollution,
  type Sheet,
  type Way,
} from './description.js';

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A row that must come out, with the values that are the same to every reader. */
export interface TrueRow {
  readonly file: string;
  /** From 1, header and blank lines not counted. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

/** A record that must not come out, and why. */
export interface TrueReject {
  readonly file: string;
  readonly row: number;
  readonly line: number;
  readonly reason: string;
  /** Absent where the record as a whole is at fault. */
  readonly column: string | undefined;
  readonly isData: boolean;
}

/** What must come of some files. */
export interface Truth {
  readonly columns: readonly Column[];
  /** Any names of the columns will do. */
  readonly isNameless: boolean;
  readonly rows: readonly TrueRow[];
  readonly rejects: readonly TrueReject[];
  readonly isUnreadable: boolean;
}

export interface Printed {
  /** By name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly truth: Truth;
}

export const usualForm: Form = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  quoteAll: false,
  lineEnd: '\n',
  isEnded: true,
  encoding: 'utf-8',
  isMarked: false,
  isCompressed: false,
};

/** Makes the files of a kind for one way of meeting them, and the truth about them, without reading any. */
export function printPollution(pollution: Pollution, way: Way): Printed {
  const columns = columnsOf(pollution.columns);
  const sheets = [...(pollution.beside ?? []), pollution];
  if (way !== 'first' || pollution.isSecond === true) sheets.unshift(goodSheet(pollution));
  const files = new Map<string, Buffer>(
    Object.entries(pollution.litter ?? {}).map(([name, text]) => [name, Buffer.from(text)]),
  );
  let rows: readonly TrueRow[] = [];
  let rejects: readonly TrueReject[] = [];
  const nameOf = ({ name = 'b.csv' }: Sheet) => name;
  for (const sheet of sheets.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const name = nameOf(sheet);
    const printed = printSheet(sheet, columns, way);
    files.set(name, printed.bytes);
    rows = rows.concat(printed.rows.map((each) => ({ ...each, file: name })));
    rejects = rejects.concat(printed.rejects.map((each) => ({ ...each, file: name })));
  }
  const told = way === 'first' ? columnsOf(pollution.told ?? pollution.columns) : columns;
  const { isUnreadable = false, isNameless = false } = pollution;
  return { files, truth: { columns: told, isNameless, rows, rejects, isUnreadable } };
}

export function columnsOf(text: string): readonly Column[] {
  return text.split(', ').map((column) => {
    const at = column.lastIndexOf(' ');
    return { name: column.slice(0, at), type: column.slice(at + 1) };
  });
}

/** A file that its contract fits, of one row. */
function goodSheet({ columns, good, contractForm, form }: Pollution): Sheet {
  const values = good ?? columnsOf(columns).map(({ type }) => goodValues[type.replace(/\(.*/, '')] ?? '');
  return {
    name: 'a.csv',
    lines: [{ is: 'row', values }],
    form: { ...(contractForm ?? form), isCompressed: false },
  };
}

const goodValues: Readonly<Record<string, string>> = {
  BIGINT: '7',
  INTEGER: '7',
  DOUBLE: '1.5',
  DECIMAL: '1.5',
  VARCHAR: 'good',
  BOOLEAN: 'true',
  DATE: '2024-01-05',
  TIME: '10:30:00',
  TIMESTAMP: '2024-01-05 10:30:00',
};

type Nameless<T> = Omit<T, 'file'>;

function printSheet(sheet: Sheet, columns: readonly Column[], way: Way) {
  const form = { ...usualForm, ...sheet.form };
  const order = sheet.order ?? columns.map(({ name }) => name);
  const { header = printRecord(order, form), above: title = '' } = sheet;
  const texts = header === none ? [] : [title + header];
  const rows: Nameless<TrueRow>[] = [];
  const rejects: Nameless<TrueReject>[] = [];
  let above = texts.length + linesIn(texts.join(), form);
  let record = 0;
  for (const line of sheet.lines) {
    const text = textOf(line, columns, order, form);
    if (line.is !== 'nothing') record += 1;
    if (line.is === 'row' || (line.is === 'misfit' && way === 'first'))
      rows.push({ row: record, cells: line.values });
    else rejects.push(...rejectsOf(line).map((each) => ({ ...each, row: record, line: above + 1 })));
    above += 1 + linesIn(text, form);
    texts.push(text);
  }
  const whole = texts.join(form.lineEnd) + (form.isEnded ? form.lineEnd : '');
  const bytes = encode((form.isMarked ? '\ufeff' : '') + whole, form.encoding);
  const packed = form.isCompressed ? gzipSync(bytes) : bytes;
  return { bytes: sheet.spoil?.(packed) ?? packed, rows, rejects };
}

function rejectsOf(line: Line): readonly Omit<TrueReject, 'file' | 'row' | 'line'>[] {
  if (line.is === 'misfit')
    return line.columns.map((column) => ({ reason: 'wrong-type', column, isData: true }));
  if (line.is !== 'apart') return [];
  const { reason, isData, columns = [undefined] } = line;
  return columns.map((column) => ({ reason, column, isData }));
}

function linesIn(text: string, { lineEnd }: Form): number {
  return text.split(lineEnd === '\r' ? '\r' : '\n').length - 1;
}

function textOf(line: Line, columns: readonly Column[], order: readonly string[], form: Form): string {
  if (line.is === 'apart' || line.is === 'nothing') return line.text;
  if (line.is === 'row' && line.text !== undefined) return line.text;
  const values = order.map((name) => line.values[columns.findIndex((column) => column.name === name)] ?? '');
  return printRecord(
    values.map((cell) => (typeof cell === 'string' ? cell : cell.text)),
    form,
  );
}

function printRecord(values: readonly string[], form: Form): string {
  return values.map((value) => printValue(value, form)).join(form.delimiter);
}

function printValue(value: string, { quote, escape: escapes, delimiter, quoteAll }: Form): string {
  const isPlain = !value.includes(quote) && !value.includes(delimiter) && !/[\r\n]|^ | $/.test(value);
  if (quote === '' || (isPlain && !quoteAll)) return value;
  const doubled = escapes === quote ? value : value.replaceAll(escapes, escapes + escapes);
  return quote + doubled.replaceAll(quote, escapes + quote) + quote;
}

/** Bytes of Windows-1252 that are other characters than in Latin-1. */
const windowsBytes: Readonly<Record<string, number>> = {
  '€': 0x80,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
};

function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-16':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'latin-1':
      return Buffer.from(text, 'latin1');
    case 'windows-1252':
      return Buffer.from([...text].map((each) => windowsBytes[each] ?? each.charCodeAt(0)));
  }
}
