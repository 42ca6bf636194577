import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { ProblemError } from '../protocol/problem.js';
import type { Contract } from './contractSchema.js';
import { hasWindowsCharacters, withoutCutCharacter } from './encoding.js';
import { readChunks } from './fileBytes.js';
import { excerpt, fileError } from './fileProblem.js';
import { type LineEnd, longestRecord } from './header.js';
import type { LandingFile } from './landingFiles.js';
import { type RecordCount, RecordScanner } from './recordScanner.js';

/** What is known of a file that passed every gate. */
export interface FileScan {
  /** Of the bytes on disk. */
  readonly sha256: string;
  /** Without the header. */
  readonly records: number;
}

/**
 * Reads a file once, beside the engine and without it: hashes it, counts its records, and stops what would
 * fool both a count and the engine. Throws a ProblemError `landing.file` for a compressed file that is cut or
 * damaged, an end inside a quote, mixed line ends, NUL bytes,
 * bytes of another encoding, empty fields beyond the last column and a record over 16 MiB.
 */
export async function scanFile(
  file: LandingFile,
  contract: Contract,
  lineEnd: LineEnd,
  signal?: AbortSignal,
): Promise<FileScan> {
  const hash = createHash('sha256');
  const text = new TextGate(file, contract);
  const columns = contract.columns.length;
  const scanner = new RecordScanner({ dialect: contract, lineEnd, blankLinesCount: columns === 1, columns });
  const options = { onRaw: (chunk: Buffer) => hash.update(chunk), ...(signal && { signal }) };
  for await (const chunk of readChunks(file, options)) scanner.push(text.pass(chunk));
  scanner.push(text.end());
  const count = scanner.end();
  refuse(file, count, columns);
  return {
    sha256: hash.digest('hex'),
    records: count.records - (contract.header && count.records > 0 ? 1 : 0),
  };
}

/** The hash of a file's bytes, for a file whose contract is not known yet. */
export async function hashFile(file: LandingFile, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const raw = { path: 'raw', absolute: file.absolute };
  for await (const chunk of readChunks(raw, { ...(signal && { signal }) })) hash.update(chunk);
  return hash.digest('hex');
}

function refuse(file: LandingFile, count: RecordCount, columns: number): void {
  const { openQuoteLine, mixedLine, wideLine, longest } = count;
  if (openQuoteLine !== undefined) {
    throw fileError(file.path, `ends inside a quote that opens on line ${openQuoteLine}`, {
      line: openQuoteLine,
      hint: 'Close the quote, or write a quote inside a value twice. The file may also be cut.',
    });
  }
  if (mixedLine !== undefined) {
    throw fileError(
      file.path,
      `has mixed line ends: line ${mixedLine} ends otherwise than the lines before`,
      {
        line: mixedLine,
        hint: 'Save it with one kind of line end, LF or CRLF; quote a value that holds a carriage return.',
      },
    );
  }
  if (wideLine !== undefined) {
    throw fileError(file.path, `has more than ${columns} fields on line ${wideLine}`, {
      line: wideLine,
      hint: 'Correct the line; a value that holds the delimiter has to be quoted.',
    });
  }
  if (longest > longestRecord) {
    throw fileError(file.path, `has a record of ${longest} bytes, more than the 16 MiB that are read`, {
      hint: 'Is there a quote that is closed much too late?',
    });
  }
}

/** Checks that bytes are text in the contract's encoding and hands them on as ASCII-compatible bytes. */
class TextGate {
  readonly #file: LandingFile;
  readonly #encoding: Contract['encoding'];
  readonly #decoder = new TextDecoder('utf-16le', { fatal: true });
  /** The beginning of a character that the end of a chunk cut. */
  #carried: Buffer = Buffer.alloc(0);
  #passed = 0;
  /** Of a Latin-1 file: all so far could as well be UTF-8, and not all was ASCII. */
  #couldBeUtf8 = true;
  #hasHighBytes = false;

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
    return isMarked ? text.subarray(3) : text;
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
    if (!this.#couldBeUtf8 && hasWindowsCharacters(whole)) {
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
