import { isSignificant, type Token, tokenise } from './tokenise.js';

/**
 * The text that a fingerprint is made of: without comments, blanks between tokens folded to one space,
 * case kept. What is inside strings, dollar quotes and quoted names stays as it is. Normalising twice
 * changes nothing more.
 */
export function normaliseSql(text: string): string {
  const parts: string[] = [];
  let previous: Token | undefined;
  for (const token of tokenise(text)) {
    if (!isSignificant(token)) continue;
    if (previous !== undefined && previous.end < token.start) parts.push(gap(text, previous, token));
    parts.push(text.slice(token.start, token.end));
    previous = token;
  }
  return parts.join('');
}

/** Two strings are one value when a line break parts them, and an error when a space does. */
function gap(text: string, before: Token, after: Token): string {
  const strings = before.kind === 'string' && after.kind === 'string';
  return strings && /[\n\r]/.test(text.slice(before.end, after.start)) ? '\n' : ' ';
}
