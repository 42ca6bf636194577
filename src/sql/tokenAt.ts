import type { Span } from '../protocol/text.js';
import { isSignificant, tokenise } from './tokenise.js';

/** The token that an offset is in, or the next one after blanks; at the end of the text its last character. */
export function tokenAt(text: string, offset: number): Span {
  const found = tokenise(text).find((token) => isSignificant(token) && token.end > offset);
  if (found === undefined) return { start: Math.max(0, text.length - 1), end: text.length };
  return { start: found.start, end: found.end };
}
