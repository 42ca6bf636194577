import type { Dialect } from '../contractSchema.js';
import { longestRecord } from '../header.js';
import type { QuoteFault } from '../records.js';

const lf = 10;
const cr = 13;
const blank = 32;

/** What stands in the way of a record's fields. */
export type RecordFault = QuoteFault | 'very long record';

/**
 * Takes records one after the other. What it is given is valid during the call only: the fields are places in
 * a buffer that is used again.
 */
export interface RecordTaker {
  record(record: ReadRecord): void;
}

/** The record that was read last. */
export interface ReadRecord {
  readonly bytes: Buffer;
  /** Where it begins and ends in `bytes`, its line end left out. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Of its first byte in the text. */
  readonly offset: number;
  readonly fields: number;
  /** Where each field begins and ends in `bytes`, its quotes left out. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1: a field in which quotes are escaped. */
  readonly hasEscapes: Uint8Array;
  readonly fault: RecordFault | undefined;
}

/** How many line ends of each kind there were outside quotes. */
export interface LineEndCounts {
  lf: number;
  crlf: number;
  cr: number;
}

/**
 * Cuts ASCII-compatible bytes, which come in chunks of any size, into records and fields as `readRecords` does
 * with a text, without making a text of them. Memory is bounded by the longest record that is read: one that is
 * longer is passed over. A line on which a quote opens that never closes is handed on as a record of its own,
 * and reading goes on behind it.
 */
export class RecordReader implements ReadRecord {
  readonly lineEnds: LineEndCounts = { lf: 0, crlf: 0, cr: 0 };
  /** Where the first line begins that ends otherwise than the first one. */
  firstOtherEnd: { readonly line: number; readonly offset: number } | undefined;

  bytes: Buffer = Buffer.allocUnsafe(1 << 21);
  start = 0;
  end = 0;
  line = 1;
  offset = 0;
  fields = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  hasEscapes = new Uint8Array(64);
  fault: RecordFault | undefined;

  readonly #taker: RecordTaker;
  readonly #quote: number;
  /** Never found in a byte when the quote escapes itself. */
  readonly #escape: number;
  readonly #delimiter: number;
  /** 1: ends a field that has no quotes. */
  readonly #ends = new Uint8Array(256);

  /** How many bytes there are, and the offset of the first of them in the text. */
  #length = 0;
  #base: number;
  #nextLine = 1;
  #firstEnd: keyof LineEndCounts | undefined;
  /** Inside a record that is too long. */
  #skipping = false;
  readonly #isUtf16: boolean;
  /** For UTF-16: how far offsets were counted in `bytes`, and the offset there. */
  #countedTo = 0;
  #counted: number;

  /**
   * `base` is the offset in the file of the first byte that will come. Of a file that was UTF-16 the bytes come
   * as UTF-8, and offsets count those of the file.
   */
  constructor(dialect: Dialect, taker: RecordTaker, { base = 0, isUtf16 = false } = {}) {
    this.#taker = taker;
    this.#base = base;
    this.#counted = base;
    this.#isUtf16 = isUtf16;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
    this.#escape = dialect.escape === dialect.quote ? -1 : dialect.escape.charCodeAt(0);
    for (const byte of [this.#delimiter, lf, cr]) this.#ends[byte] = 1;
  }

  push(chunk: Buffer): void {
    this.#append(chunk);
    this.#readAll(false);
  }

  finish(): void {
    this.#readAll(true);
  }

  #append(chunk: Buffer): void {
    const needed = this.#length + chunk.length + 1;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.bytes.length));
      this.bytes.copy(larger, 0, 0, this.#length);
      this.bytes = larger;
    }
    chunk.copy(this.bytes, this.#length);
    this.#length += chunk.length;
    // Stops every search for the end of a field.
    this.bytes[this.#length] = lf;
  }

  #readAll(isLast: boolean): void {
    let at = this.#skipping ? this.#skip(0, isLast) : 0;
    while (at < this.#length) {
      const next = this.#read(at, isLast);
      if (next < 0) break;
      at = next;
    }
    this.#moveBase(at);
    this.bytes.copy(this.bytes, 0, at, this.#length);
    this.#length -= at;
    if (this.#length > longestRecord && !isLast) this.#passOver();
  }

  /** Reads the record that begins at a place; returns where the next one begins, -1 when its end is not there yet. */
  #read(from: number, isLast: boolean): number {
    const line = this.#nextLine;
    this.fault = undefined;
    this.fields = 0;
    const end = this.#readFields(from);
    if (end < 0) {
      this.#nextLine = line;
      return this.#unclosed(from, -1 - end, isLast);
    }
    const isCut = end >= this.#length || (this.bytes[end] === cr && end + 1 === this.#length);
    if (!isCut || isLast) return this.#handOn(from, end, line, this.fields);
    this.#nextLine = line;
    return -1;
  }

  /** Returns where the last field ends; for a quote at n that does not close, -1 - n. */
  #readFields(from: number): number {
    const { bytes } = this;
    const delimiter = this.#delimiter;
    const ends = this.#ends;
    let count = 0;
    for (let at = from; ; at += 1) {
      const byte = bytes[at] as number;
      const opening = byte === this.#quote || byte === blank ? this.#openingQuote(at) : -1;
      if (count === this.starts.length) this.#widen();
      if (opening < 0) {
        this.starts[count] = at;
        while (ends[bytes[at] as number] === 0) at += 1;
        this.ends[count] = at;
        this.hasEscapes[count] = 0;
      } else {
        at = this.#readQuoted(opening, count);
        if (at < 0) return -1 - opening;
      }
      count += 1;
      if (bytes[at] === delimiter && at < this.#length) continue;
      this.fields = count;
      return at;
    }
  }

  #handOn(from: number, at: number, line: number, count: number): number {
    this.start = from;
    this.end = at;
    this.line = line;
    this.offset = this.#offsetOf(from);
    this.fields = count;
    const next = this.#endLine(at);
    this.#taker.record(this);
    return next;
  }

  /** Where the quote is that opens a field, with nothing but blanks before it; -1 when there is none. */
  #openingQuote(from: number): number {
    let at = from;
    while (this.bytes[at] === blank) at += 1;
    return at < this.#length && this.bytes[at] === this.#quote ? at : -1;
  }

  /** Returns where the field ends behind its closing quote; -1 when that is not there. */
  #readQuoted(opening: number, field: number): number {
    const { bytes } = this;
    const quote = this.#quote;
    const escapes = this.#escape;
    const length = this.#length;
    this.starts[field] = opening + 1;
    this.hasEscapes[field] = 0;
    let at = opening + 1;
    for (; at < length; at += 1) {
      const byte = bytes[at];
      if (byte === quote) {
        if (escapes >= 0 || bytes[at + 1] !== quote || at + 1 === length) break;
        this.hasEscapes[field] = 1;
        at += 1;
      } else if (byte === escapes && (bytes[at + 1] === quote || bytes[at + 1] === escapes)) {
        this.hasEscapes[field] = 1;
        at += 1;
      } else if (byte === lf || (byte === cr && bytes[at + 1] !== lf)) this.#nextLine += 1;
    }
    if (at >= length) return -1;
    this.ends[field] = at;
    let end = at + 1;
    let isClean = true;
    for (; this.#ends[bytes[end] as number] === 0; end += 1)
      if ((bytes[end] as number) > blank) isClean = false;
    if (!isClean) this.fault = 'text after a closing quote';
    return end;
  }

  /** The line with the opening quote is all that can be told of a value without its end. */
  #unclosed(from: number, opening: number, isLast: boolean): number {
    if (!isLast && this.#length - from <= longestRecord) return -1;
    const line = this.#nextLine;
    let at = opening;
    while (this.bytes[at] !== lf && this.bytes[at] !== cr) at += 1;
    this.fault = 'a quote that never closes';
    const before = this.bytes.subarray(from, opening);
    this.#nextLine += linesIn(before);
    return this.#handOn(from, at, line, 0);
  }

  /** Moves behind a line end and counts it. */
  #endLine(at: number): number {
    if (at >= this.#length) return this.#length;
    const isCr = this.bytes[at] === cr;
    const isCrLf = isCr && this.bytes[at + 1] === lf && at + 1 < this.#length;
    const kind = isCrLf ? 'crlf' : isCr ? 'cr' : 'lf';
    this.lineEnds[kind] += 1;
    this.#firstEnd ??= kind;
    if (kind !== this.#firstEnd) this.firstOtherEnd ??= { line: this.#nextLine, offset: this.offset };
    this.#nextLine += 1;
    return at + (isCrLf ? 2 : 1);
  }

  /** Hands on the beginning of a record that is too long, and forgets it. */
  #passOver(): void {
    this.fault = 'very long record';
    this.start = 0;
    this.end = this.#length;
    this.line = this.#nextLine;
    this.offset = this.#offsetOf(0);
    this.fields = 0;
    this.#taker.record(this);
    this.#skipping = true;
    this.#moveBase(this.#length);
    this.#length = 0;
  }

  /** Places come in the order of the text. */
  #offsetOf(at: number): number {
    if (!this.#isUtf16) return this.#base + at;
    this.#counted += 2 * this.bytes.toString('utf8', this.#countedTo, at).length;
    this.#countedTo = at;
    return this.#counted;
  }

  #moveBase(at: number): void {
    this.#offsetOf(at);
    this.#base += at;
    this.#countedTo = 0;
  }

  #skip(from: number, isLast: boolean): number {
    let at = from;
    while (at < this.#length && this.bytes[at] !== lf && this.bytes[at] !== cr) at += 1;
    const isCut = this.bytes[at] === cr && at + 1 === this.#length && !isLast;
    if (at >= this.#length || isCut) return at;
    this.#skipping = false;
    return this.#endLine(at);
  }

  #widen(): void {
    const size = 2 * this.starts.length;
    const { starts, ends, hasEscapes } = this;
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.hasEscapes = new Uint8Array(size);
    this.starts.set(starts);
    this.ends.set(ends);
    this.hasEscapes.set(hasEscapes);
  }
}

function linesIn(bytes: Buffer): number {
  return bytes.toString('latin1').match(/\r\n|\r|\n/g)?.length ?? 0;
}
