import type { Dialect } from './contractSchema.js';
import type { LineEnd } from './header.js';

const space = 32;
const lf = 10;
const cr = 13;
const never = Number.MAX_SAFE_INTEGER;

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

/**
 * Counts the records of a file without the engine, so that the two can be held against each other. It jumps
 * from quote to quote and from line end to line end, and looks at no byte between; a quote opens a value as it
 * does for the engine, with nothing but blanks before it. Bytes come in chunks of any size, ASCII-compatible.
 */
export class RecordScanner {
  /** The place of the wanted record, once it is reached. */
  place: RecordPlace | undefined;
  readonly #quote: number;
  readonly #delimiter: number;
  readonly #escape: number;
  readonly #terminator: number;
  readonly #options: ScannerOptions;

  #chunk: Buffer = Buffer.alloc(0);
  /** The chunk's offset in the file. */
  #base = 0;
  #nextEnd = -1;
  #nextCr = -1;

  #inQuote = false;
  /** Where the last quoted value closed, in the file; a quote right after it opens it again. */
  #closedAt = -2;
  #openedLine = 0;
  /** Nothing but blanks since the last delimiter, line end or beginning. */
  #fieldIsEmpty = true;
  /** An odd number of escapes ends the previous chunk, inside a quote. */
  #escapePending = false;
  #lastByte = 0;

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
    this.#chunk = chunk;
    this.#nextEnd = -1;
    this.#nextCr = -1;
    for (let at = 0; at < chunk.length; ) at = this.#inQuote ? this.#quoted(at) : this.#plain(at);
    this.#base += chunk.length;
    this.#lastByte = chunk[chunk.length - 1] ?? this.#lastByte;
  }

  end(): RecordCount {
    if (this.#base > this.#recordStart) this.#endRecord(this.#base, 0);
    if (this.#terminator === lf && this.#lastByte === cr && !this.#inQuote) this.#mixedLine ??= this.#line;
    return {
      records: this.#records,
      mixedLine: this.#mixedLine,
      openQuoteLine: this.#inQuote ? this.#openedLine : undefined,
      longest: this.#longest,
    };
  }

  /** Outside quotes: up to and including the next quote. */
  #plain(from: number): number {
    const found = this.#quote < 0 ? -1 : this.#chunk.indexOf(this.#quote, from);
    const to = found < 0 ? this.#chunk.length : found;
    this.#countLines(from, to);
    if (found < 0) {
      this.#fieldIsEmpty = this.#isEmptyField(from, to);
      return to;
    }
    const position = this.#base + found;
    if (position === this.#closedAt + 1 || this.#isEmptyField(from, found)) {
      if (position !== this.#closedAt + 1) this.#openedLine = this.#line;
      this.#inQuote = true;
      this.#escapePending = false;
    }
    this.#fieldIsEmpty = false;
    return found + 1;
  }

  /** Inside quotes: up to and including the closing quote. */
  #quoted(from: number): number {
    const found = this.#chunk.indexOf(this.#quote, from);
    const to = found < 0 ? this.#chunk.length : found;
    this.#countInnerLines(from, to);
    const escaped = this.#escape >= 0 && this.#endsInEscape(from, to);
    this.#escapePending = found < 0 && escaped;
    if (found < 0) return to;
    if (!escaped) {
      this.#inQuote = false;
      this.#closedAt = this.#escape < 0 ? this.#base + found : -2;
    }
    return found + 1;
  }

  #endsInEscape(from: number, to: number): boolean {
    let at = to;
    while (at > from && this.#chunk[at - 1] === this.#escape) at -= 1;
    return (to - at + (at === from && this.#escapePending ? 1 : 0)) % 2 === 1;
  }

  #isEmptyField(from: number, to: number): boolean {
    let at = to;
    while (at > from && this.#chunk[at - 1] === space) at -= 1;
    if (at === from) return this.#fieldIsEmpty;
    const before = this.#chunk[at - 1];
    return before === this.#delimiter || before === this.#terminator;
  }

  #countLines(from: number, to: number): void {
    this.#checkOtherEnds(from, to);
    for (let end = this.#endAfter(from); end < to; end = this.#endAfter(end + 1)) {
      this.#line += 1;
      const before = end > 0 ? this.#chunk[end - 1] : this.#lastByte;
      const isCrLf = before === cr && this.#terminator === lf;
      if (isCrLf !== (this.#options.lineEnd === '\r\n')) this.#mixedLine ??= this.#line - 1;
      this.#endRecord(this.#base + end + 1, isCrLf ? 2 : 1);
    }
  }

  /** Line ends of the other kind between two places of the chunk. */
  #checkOtherEnds(from: number, to: number): void {
    if (this.#terminator === lf) this.#checkCarriageReturns(from, to);
    else if (this.#mixedLine === undefined) {
      const at = this.#chunk.indexOf(lf, from);
      if (at >= 0 && at < to) this.#mixedLine = this.#lineAt(from, at);
    }
  }

  /** The line of a place after `from`, where lines are not counted yet. */
  #lineAt(from: number, at: number): number {
    let line = this.#line;
    for (let end = this.#chunk.indexOf(this.#terminator, from); end >= 0 && end < at; line += 1) {
      end = this.#chunk.indexOf(this.#terminator, end + 1);
    }
    return line;
  }

  #endAfter(from: number): number {
    if (this.#nextEnd < from) {
      const found = this.#chunk.indexOf(this.#terminator, from);
      this.#nextEnd = found < 0 ? never : found;
    }
    return this.#nextEnd;
  }

  /** A carriage return without a line feed would end a line for some readers. */
  #checkCarriageReturns(from: number, to: number): void {
    if (this.#lastByte === cr && from === 0 && this.#base > 0 && !this.#inQuote && this.#chunk[0] !== lf) {
      this.#mixedLine ??= this.#line;
    }
    for (let at = this.#crAfter(from); at < to; at = this.#crAfter(at + 1)) {
      const next = this.#chunk[at + 1];
      if (next !== lf && next !== undefined) this.#mixedLine ??= this.#lineAt(from, at);
    }
  }

  #crAfter(from: number): number {
    if (this.#nextCr < from) {
      const found = this.#chunk.indexOf(cr, from);
      this.#nextCr = found < 0 ? never : found;
    }
    return this.#nextCr;
  }

  #countInnerLines(from: number, to: number): void {
    for (let end = this.#endAfter(from); end < to; end = this.#endAfter(end + 1)) this.#line += 1;
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
