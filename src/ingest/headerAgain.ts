import type { LineEnd } from './header.js';

const lf = 10;
const cr = 13;
/** Files that were joined keep theirs. */
const byteOrderMark = Buffer.from('\ufeff');

/** Tells whether a record is its file's header once more: files were joined, and it is no row. */
export function isHeaderAgain(record: Buffer, header: Buffer): boolean {
  const isMarked = record.length > header.length && record.subarray(0, 3).equals(byteOrderMark);
  return (isMarked ? record.subarray(3) : record).equals(header);
}

/**
 * Looks for a line that is a file's header once more. Bytes come in chunks of any size, ASCII-compatible. A line
 * inside a quoted value counts too.
 */
export class HeaderSearch {
  /** The first such line, from 1. */
  line: number | undefined;
  /** Undefined before the first chunk; empty where there is nothing to look for. */
  #header: Buffer | undefined;
  #carried: Buffer = Buffer.alloc(0);
  /** How much of a chunk has to be seen together with the next. */
  #reach = 0;

  constructor(
    private readonly quote: string,
    private readonly lineEnd: LineEnd,
  ) {}

  /** @param line the line that the chunk begins on. */
  push(chunk: Buffer, line: number): void {
    if (chunk.length === 0) return;
    this.#header ??= this.#headerIn(chunk);
    if (this.#header.length === 0 || this.line !== undefined) return;
    const seam = Buffer.concat([this.#carried, chunk.subarray(0, this.#reach)]);
    this.#search(seam, line - this.#linesIn(this.#carried));
    this.#search(chunk, line);
    this.#carried = chunk.length < this.#reach ? seam.subarray(-this.#reach) : chunk.subarray(-this.#reach);
  }

  /** @param line the line that the file ends on. */
  end(line: number): void {
    this.#search(Buffer.concat([this.#carried, Buffer.of(lf)]), line - this.#linesIn(this.#carried));
  }

  /** The first line, unless it is only a part of the header. */
  #headerIn(chunk: Buffer): Buffer {
    const end = chunk.findIndex((byte) => byte === lf || byte === cr);
    const header = Buffer.from(chunk.subarray(0, Math.max(0, end)));
    const quotes = this.quote === '' ? 0 : header.toString('latin1').split(this.quote).length - 1;
    this.#reach = header.length + byteOrderMark.length + 2;
    return quotes % 2 === 0 ? header : Buffer.alloc(0);
  }

  #search(bytes: Buffer, line: number): void {
    const header = this.#header;
    if (header === undefined || header.length === 0 || this.line !== undefined) return;
    for (let at = bytes.indexOf(header); at >= 0; at = bytes.indexOf(header, at + 1)) {
      const isMarked = bytes.subarray(Math.max(0, at - 3), at).equals(byteOrderMark);
      const before = bytes[isMarked ? at - 4 : at - 1];
      const after = bytes[at + header.length];
      if ((before !== lf && before !== cr) || (after !== lf && after !== cr)) continue;
      this.line = line + this.#linesIn(bytes.subarray(0, at));
      return;
    }
  }

  #linesIn(bytes: Buffer): number {
    const end = this.lineEnd === '\r' ? cr : lf;
    let count = 0;
    for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end, at + 1)) count += 1;
    return count;
  }
}
