import { isAscii, isUtf8 } from 'node:buffer';
import type { Encoding } from './contractSchema.js';

/** What the bytes of a file's beginning say of its encoding. */
export type EncodingFinding =
  /** `certain` is false for plain ASCII, which reads the same in UTF-8 and Latin-1. */
  | { readonly encoding: Encoding; readonly certain: boolean }
  | { readonly fault: string; readonly hint: string };

const nothingLost = 'Save it as UTF-8 and put that file into data/landing.';

/** Judges the beginning of a file; `complete` when it is the whole file. */
export function detectEncoding(bytes: Buffer, complete: boolean): EncodingFinding {
  const signature = signatureOf(bytes);
  if (signature !== undefined) return signature;
  if (bytes.includes(0))
    return { fault: 'has NUL bytes: it is no text, or UTF-16 without its mark', hint: nothingLost };
  const text = complete ? bytes : withoutCutCharacter(bytes);
  if (isUtf8(text)) return { encoding: 'utf-8', certain: !isAscii(text) };
  if (hasUtf8Letters(bytes)) return { fault: 'is UTF-8 in some places and not in others', hint: nothingLost };
  if (hasWindowsCharacters(bytes)) {
    return { fault: 'is neither UTF-8 nor Latin-1; it seems to be Windows-1252', hint: nothingLost };
  }
  return { encoding: 'latin-1', certain: true };
}

/** The text of bytes in an encoding, without a byte order mark. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  const text = bytes.toString(encoding === 'utf-16' ? 'utf16le' : encoding === 'latin-1' ? 'latin1' : 'utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Bytes 0x80 to 0x9F: control characters in Latin-1, quotes, dashes and the euro in Windows-1252. */
export function hasWindowsCharacters(bytes: Buffer): boolean {
  return /[\x80-\x9f]/.test(bytes.toString('latin1'));
}

/** Letters as é and ü in UTF-8: in Latin-1 they are two characters that nobody writes side by side. */
export function hasUtf8Letters(bytes: Buffer): boolean {
  return /[\xc2\xc3][\x80-\xbf]/.test(bytes.toString('latin1'));
}

function signatureOf(bytes: Buffer): EncodingFinding | undefined {
  const mark = bytes.toString('latin1', 0, 4);
  if (mark.startsWith('\xff\xfe\0\0') || mark.startsWith('\0\0\xfe\xff'))
    return { fault: 'is UTF-32', hint: nothingLost };
  if (mark.startsWith('\xfe\xff')) return { fault: 'is big-endian UTF-16', hint: nothingLost };
  if (mark.startsWith('\xff\xfe')) return { encoding: 'utf-16', certain: true };
  if (mark.startsWith('\xef\xbb\xbf') && !bytes.includes(0)) return utf8AfterMark(bytes);
  if (mark.startsWith('PK\x03\x04'))
    return { fault: 'is a zip or Excel file', hint: 'Export its sheet as CSV.' };
  if (mark.startsWith('\x1f\x8b')) return { fault: 'is compressed', hint: 'Give its name the ending .gz.' };
  if (mark.startsWith('PAR1')) return { fault: 'is a Parquet file', hint: 'Read it by read_parquet.' };
  return undefined;
}

function utf8AfterMark(bytes: Buffer): EncodingFinding {
  if (isUtf8(withoutCutCharacter(bytes))) return { encoding: 'utf-8', certain: true };
  return { fault: 'begins as UTF-8 and then has other bytes', hint: nothingLost };
}

/** Cuts the bytes of a character that the end of a sample may have split. */
export function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
