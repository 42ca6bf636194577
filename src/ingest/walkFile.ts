import { blankLinesCount } from './blankLines.js';
import type { Contract } from './contractSchema.js';
import { readChunks } from './fileBytes.js';
import { fileError } from './fileProblem.js';
import { longestRecord } from './header.js';
import { isHeaderAgain } from './headerAgain.js';
import type { HeadedFile } from './read.js';
import { RecordWalker, type UnclearEnd, type WalkedRecord } from './recordWalker.js';
import { TextGate } from './textGate.js';

/** A record of a file, its header left out; valid while it is visited. */
export interface FileRecord {
  /** From 1, as `_row` counts. */
  readonly row: number;
  /** Of the text, from 1. */
  readonly line: number;
  /** How many bytes of the uncompressed file stand before it. */
  readonly byteOffset: number;
  readonly fields: number;
  readonly badQuote: boolean;
  /** It is the file's header once more. */
  readonly repeatsHeader: boolean;
  /** In bytes of its text, line end included. */
  readonly length: number;
  /** ASCII-compatible, without its line end; of one that is too long only the beginning. */
  bytes(): Buffer;
}

interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Asked from time to time: nothing more is wanted of the file. */
  readonly isDone?: () => boolean;
}

/**
 * Shows the records of a file that passed the gates of its scan, and returns how many were shown. Throws a
 * ProblemError `landing.file` for a bad quote whose record has no certain end, and as reading the file does.
 */
export async function walkFile(
  file: HeadedFile,
  contract: Contract,
  visit: (record: FileRecord) => void,
  { signal, isDone = () => false }: WalkOptions = {},
): Promise<number> {
  const gate = new TextGate(file, contract);
  const walker = walkerOf(file, contract, gate, visit);
  for await (const chunk of readChunks(file, signal === undefined ? {} : { signal })) {
    walker.push(gate.pass(chunk));
    if (walker.unclearEnd !== undefined || isDone()) break;
  }
  if (walker.unclearEnd === undefined && !isDone()) {
    walker.push(gate.end());
    walker.end();
  }
  if (walker.unclearEnd !== undefined) throw unclear(file, walker.unclearEnd);
  return Math.max(0, walker.records - (contract.header ? 1 : 0));
}

function walkerOf(
  { header: { lineEnd, order } }: HeadedFile,
  contract: Contract,
  gate: TextGate,
  visit: (record: FileRecord) => void,
): RecordWalker {
  const isWide = contract.encoding === 'utf-16';
  const headers = contract.header ? 1 : 0;
  const options = {
    dialect: contract,
    lineEnd,
    blankLinesCount: blankLinesCount(contract, order.length),
    inCharacters: isWide,
  };
  // Characters beyond U+FFFF, which take four bytes, do not pass the gate.
  const unit = isWide ? 2 : 1;
  let record: WalkedFileRecord | undefined;
  const walker: RecordWalker = new RecordWalker(options, ({ records }) => {
    record ??= new WalkedFileRecord(walker, headers, gate.markBytes, unit);
    if (records > headers) visit(record);
    else if (order.length > 1) record.keepHeader();
  });
  return walker;
}

/** The record that a walker is at; one object for all of them, since files have millions. */
class WalkedFileRecord implements FileRecord {
  #header: Buffer | undefined;

  constructor(
    private readonly walked: WalkedRecord,
    private readonly headers: number,
    private readonly markBytes: number,
    private readonly unit: number,
  ) {}

  get row(): number {
    return this.walked.records - this.headers;
  }

  get line(): number {
    return this.walked.recordLine;
  }

  get byteOffset(): number {
    return this.markBytes + this.walked.offset * this.unit;
  }

  get fields(): number {
    return this.walked.fields;
  }

  get badQuote(): boolean {
    return this.walked.badQuote;
  }

  get length(): number {
    return this.walked.length;
  }

  get repeatsHeader(): boolean {
    const header = this.#header;
    // Nearly every record is told from it by its length alone: a mark and a line end are five bytes.
    if (header === undefined || Math.abs(this.walked.length - header.length) > 5) return false;
    return isHeaderAgain(this.walked.bytes(), header);
  }

  keepHeader(): void {
    this.#header = Buffer.from(this.walked.bytes());
  }

  bytes(): Buffer {
    return this.walked.bytes();
  }
}

function unclear(file: HeadedFile, { line, otherLine }: UnclearEnd) {
  return fileError(
    file.path,
    `has text after a closing quote on line ${line}, and its record may end there or on line ${otherLine}`,
    {
      line,
      hint: 'Write a quote inside a quoted value twice, and close every quote: which lines belong together can not be told.',
    },
  );
}

/** Tells whether a record is longer than any that is read. */
export function isTooLong({ length }: Pick<FileRecord, 'length'>): boolean {
  return length > longestRecord;
}
