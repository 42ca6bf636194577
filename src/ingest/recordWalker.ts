import type { Dialect } from './contractSchema.js';
import { type LineEnd, longestRecord } from './header.js';

const space = 32;
const lf = 10;
const cr = 13;

/** The record of a file that is being visited. Lines are those of the text, from 1. */
export interface WalkedRecord {
  /** From 1, header included; blank lines as they count. */
  readonly records: number;
  readonly recordLine: number;
  /** The offset of its first byte in the text; with `inCharacters` of its first character. */
  readonly offset: number;
  /** In bytes, line end included. */
  readonly length: number;
  readonly fields: number;
  /** Text after a closing quote. */
  readonly badQuote: boolean;
  /** Its text without its line end; of one that is too long only the beginning. Valid during the visit. */
  bytes(): Buffer;
}

/** A record with a bad quote whose end can't be told: it may be where its line ends, and further down. */
export interface UnclearEnd {
  readonly line: number;
  /** Where the quote may close as well. */
  readonly otherLine: number;
}

interface WalkerOptions {
  readonly dialect: Dialect;
  readonly lineEnd: LineEnd;
  /** The engine reads a blank line as a record only where a record is one column. */
  readonly blankLinesCount: boolean;
  /** Offsets count characters of the text, not bytes. */
  readonly inCharacters: boolean;
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
/** After blanks behind it: another quote would open the value again for the engine, which joins the two. */
const closedBlank = 5;
/** After text behind a closing quote. */
const spoilt = 6;

/**
 * Walks over the records of a file that passed its gates (one kind of line end, no open quote at the end) and
 * shows each one. Text after a closing quote spoils its record, which then ends with its line. That is certain
 * only while nothing further down looks like the other end of that value: where something does, the walk stops
 * and {@link unclearEnd} tells. Bytes come in chunks of any size, ASCII-compatible; no more than one record is held.
 */
export class RecordWalker implements WalkedRecord {
  unclearEnd: UnclearEnd | undefined;
  records = 0;
  recordLine = 1;
  offset = 0;
  length = 0;
  fields = 1;
  badQuote = false;

  readonly #visit: (record: WalkedRecord) => void;
  readonly #options: WalkerOptions;
  readonly #isCrLf: boolean;
  readonly #delimiter: number;
  readonly #quote: number;
  /** Never found in a byte when the quote escapes itself. */
  readonly #escape: number;
  readonly #terminator: number;
  /** 1: a byte that means something; all others are text. */
  readonly #special = new Uint8Array(256);

  #state = fieldStart;
  #line = 1;
  /** Where the value's quote opened. */
  #openedLine = 1;
  /** What the chunks before hold of the current record. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #heldCharacters = 0;
  /** The chunk in which the visited record ends, and the part of it that is the record's. */
  #chunk: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  /** The last byte of the chunks before that is no blank. */
  #tail = -1;
  /** The line of a bad quote whose other reading has not closed yet, and its record. */
  #suspect: { readonly line: number; readonly record: number } | undefined;

  constructor(options: WalkerOptions, visit: (record: WalkedRecord) => void) {
    this.#visit = visit;
    this.#options = options;
    this.#isCrLf = options.lineEnd === '\r\n';
    const { delimiter, quote, escape: escapes } = options.dialect;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#escape = escapes === quote ? -1 : escapes.charCodeAt(0);
    this.#terminator = options.lineEnd === '\r' ? cr : lf;
    for (const byte of [this.#delimiter, this.#quote, this.#escape, this.#terminator])
      if (byte >= 0) this.#special[byte] = 1;
  }

  push(chunk: Buffer): void {
    const special = this.#special;
    const delimiter = this.#delimiter;
    const terminator = this.#terminator;
    let state = this.#state;
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (special[byte] === 0) {
        if (state === plain || state === quoted || state === spoilt) continue;
        state = this.#afterText(byte, state);
      } else if (state === plain && byte === delimiter && this.#suspect === undefined) {
        this.fields += 1;
        state = fieldStart;
      } else {
        state = this.#afterSpecial(chunk, at, byte, state);
        if (byte !== terminator || state !== fieldStart) continue;
        if (this.unclearEnd !== undefined) return;
        this.#endRecord(chunk, start, at + 1, 1);
        start = at + 1;
      }
    }
    this.#state = state;
    this.#hold(chunk.subarray(start));
    this.#tail = lastNonBlank(chunk, chunk.length) ?? this.#tail;
  }

  /** The last record may have no line end. */
  end(): void {
    if (this.unclearEnd !== undefined || this.#heldBytes === 0) return;
    const nothing = Buffer.alloc(0);
    this.#endField(nothing, 0, this.#state);
    if (this.unclearEnd === undefined) this.#endRecord(nothing, 0, 0, 0);
  }

  bytes(): Buffer {
    const last = this.#chunk.subarray(this.#from, this.#to);
    if (this.#held.length === 0) return last;
    // Of a record that is too long not everything was held.
    const isWhole = this.#heldBytes <= longestRecord;
    const whole = Buffer.concat(isWhole ? [...this.#held, last] : this.#held);
    // A line end can be cut between two chunks.
    const isCut = this.#isCrLf && last.length === 0 && whole[whole.length - 1] === cr;
    return isCut ? whole.subarray(0, -1) : whole;
  }

  #afterText(byte: number, state: number): number {
    if (state === fieldStart && byte !== space && byte !== cr) return plain;
    if (state === escaped) return quoted;
    if (byte === space) return state === closed ? closedBlank : state;
    // The first half of a line end: the gates have seen to it that there are no others.
    if (byte === cr && this.#isCrLf) return state;
    return state === fieldStart ? plain : this.#spoil();
  }

  #afterSpecial(chunk: Buffer, at: number, byte: number, state: number): number {
    if (state === quoted || state === escaped) {
      if (byte === this.#terminator) this.#line += 1;
      if (state === escaped) return quoted;
      return byte === this.#quote ? closed : byte === this.#escape ? escaped : quoted;
    }
    if (byte === this.#quote) return this.#afterQuote(state);
    if (byte === this.#escape) return state === fieldStart || state === plain ? plain : this.#spoil();
    if (this.#suspect !== undefined) this.#endField(chunk, at, state);
    if (byte === this.#delimiter) this.fields += 1;
    else this.#line += 1;
    return fieldStart;
  }

  #afterQuote(state: number): number {
    if (state === fieldStart) this.#openedLine = this.#line;
    if (state === fieldStart || (state === closed && this.#escape < 0)) return quoted;
    return state === plain ? plain : this.#spoil();
  }

  /** There is text after a closing quote. */
  #spoil(): number {
    this.badQuote = true;
    this.#suspect ??= { line: this.recordLine, record: this.records };
    // Perhaps the quote was never closed where it should have been, and swallowed whole records.
    if (this.#line > this.#openedLine) this.unclearEnd ??= { line: this.#openedLine, otherLine: this.#line };
    return spoilt;
  }

  /** A quote at the end of a value is where the value of a bad quote further up may have been meant to close. */
  #endField(chunk: Buffer, at: number, state: number): void {
    if (this.#suspect === undefined || (lastNonBlank(chunk, at) ?? this.#tail) !== this.#quote) return;
    const { line, record } = this.#suspect;
    if (state === plain && record !== this.records) this.unclearEnd ??= { line, otherLine: this.#line };
    this.#suspect = undefined;
  }

  #hold(part: Buffer): void {
    if (part.length === 0) return;
    if (this.#heldBytes <= longestRecord) this.#held.push(part);
    this.#heldBytes += part.length;
    if (this.#options.inCharacters) this.#heldCharacters += charactersIn(part);
  }

  #endRecord(chunk: Buffer, from: number, to: number, terminated: 0 | 1): void {
    const isCrLf = terminated === 1 && this.#isCrLf;
    this.length = this.#heldBytes + to - from;
    this.#chunk = chunk;
    this.#from = from;
    this.#to = to - terminated - (isCrLf && to - from > 1 && chunk[to - 2] === cr ? 1 : 0);
    const isBlank = this.length <= terminated + (isCrLf ? 1 : 0);
    if (!isBlank || this.#options.blankLinesCount) {
      this.records += 1;
      this.#visit(this);
    }
    this.offset += this.#options.inCharacters
      ? this.#heldCharacters + charactersIn(chunk.subarray(from, to))
      : this.length;
    this.recordLine = this.#line;
    this.fields = 1;
    this.badQuote = false;
    if (this.#heldBytes === 0) return;
    this.#held = [];
    this.#heldBytes = 0;
    this.#heldCharacters = 0;
  }
}

/** The last byte before a place that is no blank; undefined where there is none in these bytes. */
function lastNonBlank(bytes: Buffer, end: number): number | undefined {
  for (let at = end - 1; at >= 0; at -= 1) {
    const byte = bytes[at];
    if (byte !== space && byte !== cr) return byte;
  }
  return undefined;
}

/** Of UTF-8, where a character may be cut. */
function charactersIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count += 1;
  return count;
}
