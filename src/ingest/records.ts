import type { Dialect } from './contractSchema.js';

/** One record of a CSV text. */
export interface CsvRecord {
  readonly fields: readonly string[];
  /** The line of the text it begins on, from 1. */
  readonly line: number;
  /** Its text, without its line end. */
  readonly text: string;
  /** What is wrong with its quotes. The rest of the text can't be trusted then. */
  readonly fault?: QuoteFault;
}

export type QuoteFault = 'text after a closing quote' | 'a quote that never closes';

/**
 * The records of a text, blank lines included as one empty field, read as the engine reads them: a value is
 * quoted when nothing but blanks stands before its quote, elsewhere a quote is an ordinary character.
 * Lines end with LF, CRLF or CR. A text that was cut (`complete: false`) loses its last record.
 */
export function* readRecords(text: string, dialect: Dialect, complete = true): Generator<CsvRecord> {
  const reader = new RecordReader(text, dialect);
  while (!reader.atEnd) {
    const record = reader.next();
    if (!complete && reader.atEnd && !reader.endedLine) return;
    yield record;
    if (record.fault !== undefined) return;
  }
}

const lf = 10;
const cr = 13;
const blank = 32;

class RecordReader {
  /** The last record ended with a line end, not with the text. */
  endedLine = false;
  readonly #text: string;
  readonly #delimiter: number;
  readonly #quote: string;
  readonly #quoteCode: number;
  readonly #escape: string;
  #at = 0;
  #line = 1;
  #fault: QuoteFault | undefined;

  constructor(text: string, { delimiter, quote, escape: escapes }: Dialect) {
    this.#text = text;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote;
    this.#quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
    this.#escape = escapes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  next(): CsvRecord {
    const start = this.#at;
    const line = this.#line;
    this.#fault = undefined;
    const fields = [this.#field()];
    while (this.#text.charCodeAt(this.#at) === this.#delimiter) {
      this.#at += 1;
      fields.push(this.#field());
    }
    const text = this.#text.slice(start, this.#at);
    this.#endLine();
    return { fields, line, text, ...(this.#fault !== undefined && { fault: this.#fault }) };
  }

  #field(): string {
    let from = this.#at;
    if (this.#quoteCode >= 0) {
      while (this.#text.charCodeAt(from) === blank) from += 1;
      if (this.#text.charCodeAt(from) === this.#quoteCode) return this.#quoted(from + 1);
    }
    const start = this.#at;
    this.#at = this.#endOfPlain(start);
    return this.#text.slice(start, this.#at);
  }

  #endOfPlain(from: number): number {
    let at = from;
    for (; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === this.#delimiter || code === lf || code === cr) break;
    }
    return at;
  }

  #quoted(start: number): string {
    const end = this.#closing(start);
    if (end < 0) {
      this.#fault = 'a quote that never closes';
      this.#at = this.#text.length;
      return this.#text.slice(start);
    }
    const raw = this.#text.slice(start, end);
    this.#line += countLineEnds(raw);
    const rest = this.#endOfPlain(end + 1);
    if (this.#text.slice(end + 1, rest).trim() !== '') this.#fault = 'text after a closing quote';
    this.#at = rest;
    return this.#unescaped(raw);
  }

  #closing(start: number): number {
    const doubled = this.#escape === this.#quote;
    for (let at = start; ; ) {
      const quote = this.#text.indexOf(this.#quote, at);
      if (quote < 0) return -1;
      if (doubled ? this.#text[quote + 1] !== this.#quote : !this.#isEscaped(quote, start)) return quote;
      at = quote + (doubled ? 2 : 1);
    }
  }

  #isEscaped(quote: number, start: number): boolean {
    let before = quote;
    while (before > start && this.#text[before - 1] === this.#escape) before -= 1;
    return (quote - before) % 2 === 1;
  }

  #unescaped(raw: string): string {
    if (!raw.includes(this.#escape)) return raw;
    let text = '';
    for (let at = 0; at < raw.length; at += 1) {
      const escapes =
        raw[at] === this.#escape && (raw[at + 1] === this.#quote || raw[at + 1] === this.#escape);
      if (escapes) at += 1;
      text += raw[at];
    }
    return text;
  }

  #endLine(): void {
    const code = this.#text.charCodeAt(this.#at);
    this.endedLine = code === lf || code === cr;
    if (!this.endedLine) return;
    this.#at += code === cr && this.#text.charCodeAt(this.#at + 1) === lf ? 2 : 1;
    this.#line += 1;
  }
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
