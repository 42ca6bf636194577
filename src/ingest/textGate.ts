import { isAscii, isUtf8 } from 'node:buffer';
import type { ProblemError } from '../protocol/problem.js';
import type { Contract } from './contractSchema.js';
import { hasUtf8Letters, hasWindowsCharacters, withoutCutCharacter } from './encoding.js';
import { excerpt, fileError } from './fileProblem.js';
import type { LandingFile } from './landingFiles.js';

/** Checks that bytes are text in the contract's encoding and hands them on as ASCII-compatible bytes. */
export class TextGate {
  readonly #file: LandingFile;
  readonly #encoding: Contract['encoding'];
  readonly #decoder = new TextDecoder('utf-16le', { fatal: true });
  /** The beginning of a character that the end of a chunk cut. */
  #carried: Buffer = Buffer.alloc(0);
  #passed = 0;
  #markBytes = 0;
  /** Of a Latin-1 file: all so far could as well be UTF-8, and not all was ASCII. */
  #couldBeUtf8 = true;
  #hasHighBytes = false;
  #hasUtf8Letters = false;

  constructor(file: LandingFile, { encoding }: Contract) {
    this.#file = file;
    this.#encoding = encoding;
  }

  pass(chunk: Buffer): Buffer {
    const text = this.#encoding === 'utf-16' ? this.#utf16(chunk, true) : chunk;
    const nul = text.indexOf(0);
    if (nul >= 0) throw this.#hasNul(nul);
    if (this.#encoding === 'utf-8') this.#checkUtf8(text);
    if (this.#encoding === 'latin-1') this.#checkLatin1(text);
    const isMarked = this.#passed === 0 && text.subarray(0, 3).equals(byteOrderMark);
    this.#passed += text.length;
    if (isMarked) this.#markBytes = 3;
    return isMarked ? text.subarray(3) : text;
  }

  /** How many bytes of the file stand before its text: its byte order mark. Known once a chunk has passed. */
  get markBytes(): number {
    return this.#encoding === 'utf-16' ? 2 : this.#markBytes;
  }

  /** What is left at the end of the file. */
  end(): Buffer {
    if (this.#encoding === 'utf-16') return this.#utf16(Buffer.alloc(0), false);
    if (this.#encoding === 'utf-8' && this.#carried.length > 0)
      throw this.#misencoded('is not UTF-8', this.#carried);
    if (this.#couldBeUtf8 && this.#hasHighBytes) throw this.#misencoded('is not Latin-1 but UTF-8');
    return Buffer.alloc(0);
  }

  #utf16(chunk: Buffer, more: boolean): Buffer {
    const text = this.#decoded(chunk, more);
    if (/[\ud800-\udfff]/.test(text)) {
      throw this.#misencoded(
        'has characters beyond U+FFFF, which can be read from UTF-8 but not from UTF-16',
      );
    }
    return Buffer.from(text);
  }

  #decoded(chunk: Buffer, more: boolean): string {
    try {
      return this.#decoder.decode(chunk, { stream: more });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw this.#misencoded('is not UTF-16');
    }
  }

  #checkUtf8(chunk: Buffer): void {
    const whole = this.#whole(chunk);
    if (!isUtf8(whole)) throw this.#misencoded('is not UTF-8', whole);
  }

  #checkLatin1(chunk: Buffer): void {
    const whole = this.#whole(chunk);
    if (isAscii(whole)) return;
    this.#hasHighBytes = true;
    this.#couldBeUtf8 &&= isUtf8(whole);
    this.#hasUtf8Letters ||= hasUtf8Letters(whole);
    if (this.#couldBeUtf8) return;
    if (this.#hasUtf8Letters) throw this.#misencoded('is UTF-8 in some places and not in others', whole);
    if (hasWindowsCharacters(whole)) {
      throw this.#misencoded('is not Latin-1; it seems to be Windows-1252', whole);
    }
  }

  /** The chunk with what the one before left over, up to the last whole character. */
  #whole(chunk: Buffer): Buffer {
    const bytes = this.#carried.length > 0 ? Buffer.concat([this.#carried, chunk]) : chunk;
    const whole = withoutCutCharacter(bytes);
    this.#carried = bytes.subarray(whole.length);
    return whole;
  }

  #hasNul(at: number): ProblemError {
    return fileError(this.#file.path, `has a NUL byte, the first after ${this.#passed + at} bytes`, {
      hint: 'It is no text, or a disk or a copy failed: copy it again from its source.',
    });
  }

  #misencoded(what: string, bytes?: Buffer): ProblemError {
    const line = bytes && foreignLine(bytes);
    return fileError(this.#file.path, line === undefined ? what : `${what}: ${excerpt(line)}`, {
      hint: 'Save it in the encoding that its contract names, best UTF-8, or correct the contract.',
    });
  }
}

const byteOrderMark = Buffer.from('\ufeff');

/** The first line that is not UTF-8. */
function foreignLine(bytes: Buffer): string | undefined {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (!isUtf8(line)) return line.toString('latin1');
    start = end < 0 ? bytes.length : end + 1;
  }
  return undefined;
}
