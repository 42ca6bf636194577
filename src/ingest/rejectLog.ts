import type { Encoding } from './contractSchema.js';
import type { Misshape } from './misshapen.js';
import { OutputFile } from './outputFile.js';
import type { FileRecord } from './walkFile.js';

/** How much of a rejected record's text is kept, in characters. */
export const keptCharacters = 2000;

/** What is kept of a rejected record; one line of JSON each. */
export interface LoggedRecord {
  readonly _file: string;
  readonly _row: number;
  readonly line: number;
  readonly byte_offset: number;
  readonly text: string;
  readonly text_is_cut: boolean;
  /** Absent for a record whose values are at fault: those are known to the engine. */
  readonly reason?: Misshape['reason'];
  readonly explanation?: string;
}

/** The types of {@link LoggedRecord} as the engine reads them. */
export const loggedColumns = {
  _file: 'VARCHAR',
  _row: 'BIGINT',
  line: 'BIGINT',
  byte_offset: 'BIGINT',
  text: 'VARCHAR',
  text_is_cut: 'BOOLEAN',
  reason: 'VARCHAR',
  explanation: 'VARCHAR',
} as const satisfies Readonly<Record<keyof LoggedRecord, string>>;

/** Writes down rejected records as they are found, so that memory holds none of them. */
export class RejectLog {
  readonly #output: OutputFile;

  constructor(path: string) {
    this.#output = new OutputFile(path);
  }

  add(path: string, record: FileRecord, encoding: Encoding, misshape?: Misshape): void {
    const { row, line, byteOffset } = record;
    const logged: LoggedRecord = {
      _file: path,
      _row: row,
      line,
      byte_offset: byteOffset,
      ...textOf(record, encoding),
      ...misshape,
    };
    this.#output.write(Buffer.from(`${JSON.stringify(logged)}\n`));
  }

  close(): void {
    this.#output.close();
  }
}

function textOf(record: FileRecord, encoding: Encoding): Pick<LoggedRecord, 'text' | 'text_is_cut'> {
  const bytes = record.bytes();
  // A character takes up to four bytes.
  const beginning = bytes.subarray(0, 4 * (keptCharacters + 1));
  const whole = beginning.toString(encoding === 'latin-1' ? 'latin1' : 'utf8');
  const text = whole.slice(0, keptCharacters).replace(/[\ud800-\udbff]$/, '');
  const isAll = text.length === whole.length && beginning.length === bytes.length;
  return { text, text_is_cut: !isAll || record.length > bytes.length + 2 };
}
