import { unicodeBlanks } from './scan.js';
import { tokenise } from './tokenise.js';

const blank = new RegExp(`[${unicodeBlanks}]`);

/**
 * Makes a function from a position that the engine reports to a UTF-16 offset into the text. The engine
 * counts UTF-8 bytes, after it has put a space of one byte for each Unicode blank outside quotes and
 * line comments (measured with DuckDB 1.5.5). A position past the end gives the text's length.
 */
export function enginePositions(text: string): (bytes: number) => number {
  if (isAscii(text)) return (bytes) => Math.min(bytes, text.length);
  const bytesBefore = positionsByOffset(text);
  return (bytes) => {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bytesBefore[middle] ?? 0) < bytes) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** For each UTF-16 offset the engine's position. The second half of a pair has the position after it. */
function positionsByOffset(text: string): Uint32Array {
  const positions = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (const token of tokenise(text)) {
    const blanksShrink = token.kind === 'blank' || token.kind === 'block comment';
    for (let at = token.start; at < token.end; ) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      positions[at] = bytes;
      bytes += blanksShrink && blank.test(character) ? 1 : utf8Length(character.codePointAt(0) ?? 0);
      if (character.length === 2) positions[at + 1] = bytes;
      at += character.length;
    }
  }
  positions[text.length] = bytes;
  return positions;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
