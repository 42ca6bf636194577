import type { Span } from '../protocol/text.js';
import { Cursor } from '../sql/cursor.js';
import { unquoteIdentifier } from '../sql/names.js';
import { isSignificant, type Token, tokenise } from '../sql/tokenise.js';

/** A name as `s.amount`, with the place of each of its parts. */
export interface PlacedName {
  readonly parts: readonly string[];
  readonly spans: readonly Span[];
}

/** The name that begins at an offset, with what follows it behind dots. */
export function nameAt(text: string, offset: number): PlacedName | undefined {
  const tokens = tokenise(text.slice(offset)).filter(isSignificant);
  const written = (token: Token | undefined) =>
    token === undefined ? '' : text.slice(token.start + offset, token.end + offset);
  const names: Token[] = [];
  for (let at = 0; isName(tokens[at]); at += 2) {
    const token = tokens[at];
    if (token !== undefined) names.push(token);
    if (written(tokens[at + 1]) !== '.') break;
  }
  if (names.length === 0) return undefined;
  return {
    parts: names.map((token) => unquoteIdentifier(written(token))),
    spans: names.map(({ start, end }) => ({ start: start + offset, end: end + offset })),
  };
}

/**
 * What of a marked text a name that was meant takes the place of: `amount` that of the last part of `s.amout`,
 * `silver.sales` that of a whole name, and in `quarantine('silver.slaes')` that of what is in quotes.
 */
export function replacedSpan(text: string, marked: Span, meant: string): Span {
  const inQuotes = quotedIn(text, marked);
  if (inQuotes !== undefined) return inQuotes;
  const name = nameAt(text, marked.start);
  const count = new Cursor(meant).takeName()?.parts.length;
  const last = name?.spans.at(-1);
  if (name === undefined || last === undefined || count === undefined) return marked;
  return { start: name.spans.at(-count)?.start ?? marked.start, end: last.end };
}

/** What is in the quotes of a call that is marked whole. */
function quotedIn(text: string, { start, end }: Span): Span | undefined {
  const tokens = tokenise(text.slice(start, end)).filter(isSignificant);
  const [name, open, string] = tokens;
  const isCall = isName(name) && open?.kind === 'operator' && text[start + open.start] === '(';
  if (!isCall || string?.kind !== 'string') return undefined;
  return { start: start + string.start + 1, end: start + string.end - 1 };
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted identifier';
}
