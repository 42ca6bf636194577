import type { Span } from '../protocol/text.js';
import { isSignificant, tokenise } from './tokenise.js';

/** The token that an offset is in, or the next one after blanks and comments; behind the last one, that one. */
export function tokenAt(text: string, offset: number): Span {
  const tokens = tokenise(text).filter(isSignificant);
  const found = tokens.find(({ end }) => end > offset) ?? tokens.at(-1);
  return found === undefined
    ? { start: Math.max(0, text.length - 1), end: text.length }
    : { start: found.start, end: found.end };
}
