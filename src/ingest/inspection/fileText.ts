import { isAscii, isUtf8 } from 'node:buffer';
import type { Encoding } from '../contractSchema.js';
import { decode, detectEncoding, hasWindowsCharacters, withoutCutCharacter } from '../encoding.js';

/** How bytes are made texts. Windows-1252 is shown, though no contract can name it. */
export type TextEncoding = Encoding | 'windows-1252';

/** What the beginning of a file's bytes tells of its text. */
export interface TextFinding {
  /** Undefined: it is no text. */
  readonly encoding: TextEncoding | undefined;
  readonly fault?: { readonly what: string; readonly hint: string };
}

const markBytes = { 'utf-8': 3, 'utf-16': 2 } as const;
const binaryMarks = [
  'PK\x03\x04',
  '\x1f\x8b',
  'PAR1',
  '\xff\xfe\0\0',
  '\0\0\xfe\xff',
  '\xfe\xff',
  '\xd0\xcf\x11\xe0',
  '%PDF-',
];

/** Finds the encoding as the first look does, and for a file that this refuses, what its text is shown by. */
export function findText(bytes: Buffer, complete: boolean): TextFinding {
  const finding = detectEncoding(bytes, complete);
  if ('encoding' in finding && !isBinary(bytes)) return { encoding: finding.encoding };
  const fault =
    'fault' in finding
      ? { what: finding.fault, hint: finding.hint }
      : { what: 'is no text', hint: 'Export its table as CSV.' };
  return { encoding: isBinary(bytes) ? undefined : shownBy(bytes), fault };
}

function isBinary(bytes: Buffer): boolean {
  const beginning = bytes.toString('latin1', 0, 8);
  if (binaryMarks.some((mark) => beginning.startsWith(mark))) return true;
  if (beginning.startsWith('\xff\xfe')) return false;
  let controls = 0;
  const sample = bytes.subarray(0, 1 << 16);
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32)) controls += 1;
  return controls * 10 > sample.length;
}

function shownBy(bytes: Buffer): TextEncoding {
  const hasMark = bytes.toString('latin1', 0, 3) === '\xef\xbb\xbf';
  const isMostlyUtf8 = hasMark || isUtf8(withoutCutCharacter(bytes));
  return isMostlyUtf8 || !hasWindowsCharacters(bytes) ? 'utf-8' : 'windows-1252';
}

/** How many bytes of a byte order mark a file begins with. */
export function markLength(bytes: Buffer, encoding: TextEncoding): number {
  const mark = bytes.toString('latin1', 0, 3);
  if (encoding === 'utf-8' && mark === '\xef\xbb\xbf') return markBytes['utf-8'];
  return encoding === 'utf-16' && mark.startsWith('\xff\xfe') ? markBytes['utf-16'] : 0;
}

/** Makes a text of bytes. */
export function decoderOf(encoding: TextEncoding): (bytes: Buffer) => string {
  if (encoding === 'windows-1252') {
    const decoder = new TextDecoder('windows-1252');
    return (bytes) => decoder.decode(bytes);
  }
  const form = encoding === 'latin-1' ? 'latin1' : 'utf8';
  return (bytes) => bytes.toString(form);
}

/** The text of a file's beginning. */
export function textOf(bytes: Buffer, encoding: TextEncoding): string {
  if (encoding !== 'windows-1252') return decode(bytes, encoding);
  return decoderOf(encoding)(bytes);
}

/** What is wrong with a piece of text. */
export type ByteFault = 'NUL byte' | 'bytes of another encoding';

/** Hands a file's bytes on as ASCII-compatible ones without a byte order mark, and sees what is no text in them. */
export class TextBytes {
  readonly #encoding: TextEncoding;
  readonly #decoder = new TextDecoder('utf-16le');
  #toSkip: number;
  /** Not everything so far is ASCII. */
  hasOtherThanAscii = false;
  /** The last chunk, or the one before, has a fault somewhere: its records have to be looked at one by one. */
  isDoubtful = false;
  #wasDoubtful = false;

  /** `mark` is the length of the byte order mark. */
  constructor(encoding: TextEncoding, mark: number) {
    this.#encoding = encoding;
    this.#toSkip = encoding === 'utf-16' ? 0 : mark;
  }

  next(chunk: Buffer): Buffer {
    const skipped = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= skipped;
    const text =
      this.#encoding === 'utf-16'
        ? Buffer.from(this.#decoder.decode(chunk, { stream: true }))
        : chunk.subarray(skipped);
    const isDoubtful = text.includes(0) || this.#isForeign(text);
    this.isDoubtful = isDoubtful || this.#wasDoubtful;
    this.#wasDoubtful = isDoubtful;
    return text;
  }

  /** The fault of one record. */
  faultOf(record: Buffer): ByteFault | undefined {
    if (record.includes(0)) return 'NUL byte';
    return this.#isWrong(record) ? 'bytes of another encoding' : undefined;
  }

  #isForeign(text: Buffer): boolean {
    if (isAscii(text)) return false;
    this.hasOtherThanAscii = true;
    let start = 0;
    // The end of a character that the chunk before has the beginning of.
    if (this.#encoding === 'utf-8') while (start < 3 && ((text[start] ?? 0) & 0xc0) === 0x80) start += 1;
    return this.#isWrong(withoutCutCharacter(text.subarray(start)));
  }

  #isWrong(text: Buffer): boolean {
    switch (this.#encoding) {
      case 'utf-8':
        return !isUtf8(text);
      case 'latin-1':
        return hasWindowsCharacters(text);
      case 'utf-16':
        // Beyond U+FFFF, or half of such a character.
        return /[\xf0-\xf4]|\xef\xbf\xbd/.test(text.toString('latin1'));
      case 'windows-1252':
        return false;
    }
  }
}
