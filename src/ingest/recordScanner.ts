import type { Dialect } from './contractSchema.js';
import type { LineEnd } from './header.js';

const space = 32;
const lf = 10;
const cr = 13;
/** Where quotes are this near to each other, it is faster to look at every byte. */
const pieceBytes = 256;

/** What a scan of a whole file found. Lines are those of the text, from 1. */
export interface RecordCount {
  /** Header included. */
  readonly records: number;
  /** The line of the first line end that is not like the others; undefined when all are alike. */
  readonly mixedLine: number | undefined;
  /** The line where a quote opens that never closes. */
  readonly openQuoteLine: number | undefined;
  /** The line of the first record found with more fields than columns; the engine drops empty ones silently. */
  readonly wideLine: number | undefined;
  /** The line of the first record with a quote opened again after blanks; the engine joins the two values silently. */
  readonly reopenedLine: number | undefined;
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
  /** How many fields a record may have. */
  readonly columns: number;
  /** The record whose place is wanted: the n-th, header included, blank lines as they count. */
  readonly wanted?: number;
}

// Where a byte stands in its record; numbers, for the loop over all bytes.
/** Nothing but blanks since the last delimiter or line end: a quote opens the value here. */
const fieldStart = 0;
const plain = 1;
const quoted = 2;
/** After an escape that is not the quote itself. */
const escaped = 3;
/** After a quote that closed the value, unless another follows. */
const closed = 4;
/** After blanks behind it. */
const closedBlank = 5;

/**
 * Counts the records of a file without the engine, so that the two can be held against each other. A quote
 * opens a value as it does for the engine, with nothing but blanks before it. Bytes come in chunks of any size,
 * ASCII-compatible. Stretches without quotes are searched for line ends, which is several times as fast.
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

  /** Which bytes mean something; all others are text. */
  readonly #special = new Uint8Array(256);

  #state = fieldStart;
  /** The chunk's offset in the file. */
  #base = 0;
  /** The previous byte is a carriage return outside quotes. */
  #afterCr = false;
  #openedLine = 0;
  #records = 0;
  #line = 1;
  #recordStart = 0;
  #recordLine = 1;
  /** Those seen of the current record, in the stretches before. */
  #delimiters = 0;
  #longest = 0;
  #mixedLine: number | undefined;
  #wideLine: number | undefined;
  #reopenedLine: number | undefined;

  constructor(options: ScannerOptions) {
    this.#options = options;
    const { delimiter, quote, escape: escapes } = options.dialect;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#escape = escapes === quote ? -1 : escapes.charCodeAt(0);
    this.#terminator = options.lineEnd === '\r' ? cr : lf;
    for (const byte of [this.#delimiter, this.#quote, this.#escape, lf, cr])
      if (byte >= 0) this.#special[byte] = 1;
  }

  /** The line that it has come to. */
  get line(): number {
    return this.#line;
  }

  push(chunk: Buffer): void {
    for (let from = 0; from < chunk.length; ) {
      const quiet = this.#quietUntil(chunk, from);
      const isQuiet = quiet - from >= pieceBytes || quiet === chunk.length;
      const piece = chunk.subarray(from, isQuiet ? quiet : from + pieceBytes);
      if (isQuiet) this.#pushLines(piece);
      else this.#pushBytes(piece);
      this.#base += piece.length;
      from += piece.length;
    }
  }

  /** How far from a place there is no quote and none is open. */
  #quietUntil(chunk: Buffer, from: number): number {
    if (this.#state === quoted || this.#state === escaped) return from;
    const quote = this.#quote < 0 ? -1 : chunk.indexOf(this.#quote, from);
    return quote < 0 ? chunk.length : quote;
  }

  end(): RecordCount {
    if (this.#base > this.#recordStart) {
      this.#checkWidth();
      this.#endRecord(this.#base, 0);
    }
    if (this.#afterCr && this.#terminator === lf) this.#mixedLine ??= this.#line;
    const isOpen = this.#state === quoted || this.#state === escaped;
    return {
      records: this.#records,
      mixedLine: this.#mixedLine,
      openQuoteLine: isOpen ? this.#openedLine : undefined,
      wideLine: this.#wideLine,
      reopenedLine: this.#reopenedLine,
      longest: this.#longest,
    };
  }

  #pushLines(chunk: Buffer): void {
    this.#findOtherEnds(chunk);
    let start = 0;
    for (let at = chunk.indexOf(this.#terminator); at >= 0; at = chunk.indexOf(this.#terminator, at + 1)) {
      // Only an empty last field can be one too many: the engine refuses all others.
      const last = chunk[at - 1] === cr && this.#terminator === lf ? chunk[at - 2] : chunk[at - 1];
      if (last === this.#delimiter || at - start < 2)
        this.#delimiters += this.#delimitersIn(chunk, start, at);
      this.#endLine(chunk, at);
      start = at + 1;
    }
    this.#delimiters += this.#delimitersIn(chunk, start, chunk.length);
    this.#afterCr = chunk[chunk.length - 1] === cr;
    this.#state = this.#stateAfter(chunk);
  }

  #delimitersIn(chunk: Buffer, from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to; at += 1) if (chunk[at] === this.#delimiter) count += 1;
    return count;
  }

  /** Line ends of another kind in a chunk without quotes. */
  #findOtherEnds(chunk: Buffer): void {
    if (this.#mixedLine !== undefined) return;
    this.#checkCutCr(chunk);
    const other = this.#terminator === lf ? cr : lf;
    for (let at = chunk.indexOf(other); at >= 0; at = chunk.indexOf(other, at + 1)) {
      if (other === cr && (chunk[at + 1] ?? lf) === lf) continue;
      this.#mixedLine ??= this.#line + countOf(chunk.subarray(0, at), this.#terminator);
      return;
    }
  }

  /** A carriage return at the end of the chunk before has to be half of this one's first line end. */
  #checkCutCr(chunk: Buffer): void {
    if (this.#afterCr && this.#terminator === lf && chunk[0] !== lf) this.#mixedLine ??= this.#line;
  }

  #stateAfter(chunk: Buffer): number {
    let end = chunk.length;
    while (end > 0 && chunk[end - 1] === space) end -= 1;
    if (end === 0 && (this.#state === closed || this.#state === closedBlank)) return closedBlank;
    if (end === 0) return this.#state === fieldStart ? fieldStart : plain;
    const last = chunk[end - 1];
    return last === this.#delimiter || last === this.#terminator ? fieldStart : plain;
  }

  #pushBytes(chunk: Buffer): void {
    if (this.#state !== quoted && this.#state !== escaped) this.#checkCutCr(chunk);
    const special = this.#special;
    let state = this.#state;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] as number;
      if (special[byte] === 1) state = this.#afterSpecial(chunk, index, state);
      else if (state === escaped) state = quoted;
      else if (byte !== space) state = state === quoted ? quoted : plain;
      else if (state === closed) state = closedBlank;
    }
    this.#afterCr = state !== quoted && state !== escaped && chunk[chunk.length - 1] === cr;
    this.#state = state;
  }

  #afterSpecial(chunk: Buffer, index: number, state: number): number {
    const byte = chunk[index];
    if (state === quoted || state === escaped) {
      if (byte === this.#terminator) this.#line += 1;
      if (state === escaped) return quoted;
      return byte === this.#quote ? closed : byte === this.#escape ? escaped : quoted;
    }
    if (byte === this.#quote) return this.#afterQuote(state);
    if (byte === this.#terminator) {
      this.#endLine(chunk, index);
      return fieldStart;
    }
    if (byte === lf || (byte === cr && (chunk[index + 1] ?? lf) !== lf)) this.#mixedLine ??= this.#line;
    if (byte !== this.#delimiter) return plain;
    this.#delimiters += 1;
    return fieldStart;
  }

  /** Outside quotes: it opens a value, or opens it again, or is text. */
  #afterQuote(state: number): number {
    if (state === fieldStart) this.#openedLine = this.#line;
    if (state === closedBlank) this.#reopenedLine ??= this.#recordLine;
    return state === fieldStart || (state === closed && this.#escape < 0) ? quoted : plain;
  }

  #endLine(chunk: Buffer, index: number): void {
    const afterCr = index > 0 ? chunk[index - 1] === cr : this.#afterCr;
    const isCrLf = afterCr && this.#terminator === lf;
    if (isCrLf !== (this.#options.lineEnd === '\r\n')) this.#mixedLine ??= this.#line;
    this.#checkWidth();
    this.#line += 1;
    this.#endRecord(this.#base + index + 1, isCrLf ? 2 : 1);
  }

  #checkWidth(): void {
    if (this.#delimiters >= this.#options.columns) this.#wideLine ??= this.#recordLine;
    this.#delimiters = 0;
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
