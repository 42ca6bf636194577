import type { Dialect } from './contractSchema.js';
import type { LineEnd } from './header.js';

const space = 32;
const lf = 10;
const cr = 13;

/** What a scan of a whole file found. Lines are those of the text, from 1. */
export interface RecordCount {
  /** Header included. */
  readonly records: number;
  /** The line of the first line end that is not like the others; undefined when all are alike. */
  readonly mixedLine: number | undefined;
  /** The line where a quote opens that never closes. */
  readonly openQuoteLine: number | undefined;
  /** In bytes, line end included. */
  readonly longest: number;
}

/** Where a record is. */
export interface RecordPlace {
  /** The line of the text, from 1. */
  readonly line: number;
  /** The offset of its first byte. */
  readonly offset: number;
}

interface ScannerOptions {
  readonly dialect: Dialect;
  readonly lineEnd: LineEnd;
  /** The engine reads a blank line as a record only where a record is one column. */
  readonly blankLinesCount: boolean;
  /** The record whose place is wanted: the n-th, header included, blank lines as they count. */
  readonly wanted?: number;
}

/** Where a byte stands in its record. */
enum At {
  /** Nothing but blanks since the last delimiter or line end: a quote opens the value here. */
  FieldStart,
  Plain,
  Quoted,
  /** After an escape that is not the quote itself. */
  Escaped,
  /** After a quote that closed the value, unless another follows. */
  Closed,
}

/**
 * Counts the records of a file without the engine, so that the two can be held against each other. A quote
 * opens a value as it does for the engine, with nothing but blanks before it. Bytes come in chunks of any size,
 * ASCII-compatible. A chunk without quotes is searched for line ends, which is several times as fast.
 */
export class RecordScanner {
  /** The place of the wanted record, once it is reached. */
  place: RecordPlace | undefined;
  readonly #quote: number;
  readonly #delimiter: number;
  /** Never found in a byte when the quote escapes itself. */
  readonly #escape: number;
  readonly #terminator: number;
  readonly #options: ScannerOptions;

  #at: At = At.FieldStart;
  /** The chunk's offset in the file. */
  #base = 0;
  /** The previous byte is a carriage return outside quotes. */
  #afterCr = false;
  #openedLine = 0;
  #records = 0;
  #line = 1;
  #recordStart = 0;
  #recordLine = 1;
  #longest = 0;
  #mixedLine: number | undefined;

  constructor(options: ScannerOptions) {
    this.#options = options;
    const { delimiter, quote, escape: escapes } = options.dialect;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#escape = escapes === quote ? -1 : escapes.charCodeAt(0);
    this.#terminator = options.lineEnd === '\r' ? cr : lf;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    const isQuoted = this.#at === At.Quoted || this.#at === At.Escaped;
    if (!isQuoted && (this.#quote < 0 || !chunk.includes(this.#quote))) this.#pushLines(chunk);
    else this.#pushBytes(chunk);
    this.#base += chunk.length;
  }

  end(): RecordCount {
    if (this.#base > this.#recordStart) this.#endRecord(this.#base, 0);
    if (this.#afterCr && this.#terminator === lf) this.#mixedLine ??= this.#line;
    const isOpen = this.#at === At.Quoted || this.#at === At.Escaped;
    return {
      records: this.#records,
      mixedLine: this.#mixedLine,
      openQuoteLine: isOpen ? this.#openedLine : undefined,
      longest: this.#longest,
    };
  }

  #pushLines(chunk: Buffer): void {
    this.#findOtherEnds(chunk);
    for (let at = chunk.indexOf(this.#terminator); at >= 0; at = chunk.indexOf(this.#terminator, at + 1)) {
      this.#endLine(at, at > 0 ? chunk[at - 1] === cr : this.#afterCr);
    }
    this.#afterCr = chunk[chunk.length - 1] === cr;
    this.#at = this.#stateAfter(chunk);
  }

  /** Line ends of another kind in a chunk without quotes. */
  #findOtherEnds(chunk: Buffer): void {
    if (this.#mixedLine !== undefined) return;
    if (this.#terminator === lf && this.#afterCr && chunk[0] !== lf) this.#mixedLine = this.#line;
    const other = this.#terminator === lf ? cr : lf;
    for (let at = chunk.indexOf(other); at >= 0; at = chunk.indexOf(other, at + 1)) {
      if (other === cr && (chunk[at + 1] ?? lf) === lf) continue;
      this.#mixedLine ??= this.#line + countOf(chunk.subarray(0, at), this.#terminator);
      return;
    }
  }

  #stateAfter(chunk: Buffer): At {
    let end = chunk.length;
    while (end > 0 && chunk[end - 1] === space) end -= 1;
    if (end === 0) return this.#at === At.FieldStart ? At.FieldStart : At.Plain;
    const last = chunk[end - 1];
    return last === this.#delimiter || last === this.#terminator ? At.FieldStart : At.Plain;
  }

  #pushBytes(chunk: Buffer): void {
    let at = this.#at;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] as number;
      if (at === At.Quoted || at === At.Escaped) {
        if (byte === this.#terminator) this.#line += 1;
        at = at === At.Escaped ? At.Quoted : this.#afterQuotedByte(byte);
      } else if (byte === this.#quote && (at === At.FieldStart || (at === At.Closed && this.#escape < 0))) {
        if (at === At.FieldStart) this.#openedLine = this.#line;
        at = At.Quoted;
      } else {
        at = this.#afterPlainByte(byte, index, at);
      }
    }
    this.#at = at;
  }

  #afterQuotedByte(byte: number): At {
    if (byte === this.#escape) return At.Escaped;
    return byte === this.#quote ? At.Closed : At.Quoted;
  }

  #afterPlainByte(byte: number, index: number, at: At): At {
    const afterCr = this.#afterCr;
    this.#afterCr = byte === cr;
    if (byte === this.#terminator) {
      this.#endLine(index, afterCr);
      return At.FieldStart;
    }
    if (this.#terminator === lf ? afterCr : byte === lf) this.#mixedLine ??= this.#line;
    if (byte === this.#delimiter) return At.FieldStart;
    return byte === space && at === At.FieldStart ? At.FieldStart : At.Plain;
  }

  #endLine(index: number, afterCr: boolean): void {
    const isCrLf = afterCr && this.#terminator === lf;
    if (isCrLf !== (this.#options.lineEnd === '\r\n')) this.#mixedLine ??= this.#line;
    this.#line += 1;
    this.#endRecord(this.#base + index + 1, isCrLf ? 2 : 1);
  }

  #endRecord(end: number, terminatorLength: number): void {
    const length = end - this.#recordStart;
    if (length > terminatorLength || this.#options.blankLinesCount) {
      this.#records += 1;
      if (length > this.#longest) this.#longest = length;
      if (this.#records === this.#options.wanted) {
        this.place = { line: this.#recordLine, offset: this.#recordStart };
      }
    }
    this.#recordStart = end;
    this.#recordLine = this.#line;
  }
}

function countOf(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count += 1;
  return count;
}
