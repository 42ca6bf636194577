import type { Place } from '../../protocol/problem.js';

/** A range of a text document; lines and characters from 0, as the editor counts. */
export interface TextRange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/**
 * What to underline for a place in a cell: from its start to its end; to the end of the token when it is
 * no more than a point, as engines tell only where a token begins; the whole line when it names no column.
 * A place outside the text gives its last line.
 */
export function problemRange(text: string, place: Place): TextRange {
  const lines = text.split(/\r?\n/);
  const startLine = Math.min((place.line ?? 1) - 1, lines.length - 1);
  const line = lines[startLine] ?? '';
  if (place.column === undefined || place.column > line.length) return wholeLine(startLine, line);
  const startCharacter = place.column - 1;
  const endLine = place.endLine === undefined ? startLine : place.endLine - 1;
  const endCharacter = (place.endColumn ?? place.column) - 1;
  if (endLine > startLine || endCharacter > startCharacter + 1) {
    return { startLine, startCharacter, endLine, endCharacter };
  }
  const tokenEnd = startCharacter + tokenLength(line.slice(startCharacter));
  return { startLine, startCharacter, endLine: startLine, endCharacter: tokenEnd };
}

function wholeLine(startLine: number, line: string): TextRange {
  const startCharacter = line.length - line.trimStart().length;
  return { startLine, startCharacter, endLine: startLine, endCharacter: line.length };
}

/** A quoted or bare name with its qualifiers, a number, a string, or else one character. */
function tokenLength(text: string): number {
  const token =
    /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_$]+)(?:\.(?:"(?:[^"]|"")*"|[\p{L}\p{N}_$]+))*/u;
  return token.exec(text)?.[0].length ?? 1;
}
