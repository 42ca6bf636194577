import { problem } from '../protocol/problem.js';
import type { Notebook } from './notebook.js';
import { type ParsedNotebook, parseNotebook } from './parse.js';
import { printNotebook } from './print.js';

/** Reads the bytes of a `.ratnb` file as {@link parseNotebook} reads its text. Bytes that are no UTF-8 are unreadable. */
export function readNotebook(bytes: Uint8Array): ParsedNotebook {
  const text = decode(bytes);
  if (text !== undefined) return parseNotebook(text);
  const place = { line: firstBadLine(bytes), column: 1 };
  const hint = 'Save the file with the encoding UTF-8.';
  return { problems: [problem('notebook.unreadable', 'The file is no UTF-8 text.', { hint, place })] };
}

/** The bytes of a notebook's file. Throws as {@link printNotebook} does. */
export function writeNotebook(notebook: Notebook): Uint8Array {
  return new TextEncoder().encode(printNotebook(notebook));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Line breaks are the same byte in every line, so lines can be tried one by one. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(10, start);
    if (end === -1 || decode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
  return line;
}
