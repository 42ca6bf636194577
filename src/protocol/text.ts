/** A piece of a text, in UTF-16 units: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and column of an offset, both from 1. An offset past the end gives the end. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const upTo = text.slice(0, offset);
  const lineStart = upTo.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = upTo.indexOf('\n'); at !== -1; at = upTo.indexOf('\n', at + 1)) line += 1;
  return { line, column: upTo.length - lineStart + 1 };
}
