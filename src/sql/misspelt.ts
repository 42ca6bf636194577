import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { isSignificant, type Token, tokenise } from './tokenise.js';

/** A word of SQL as it was written, and the keyword that was likely meant by it. */
export interface Misspelling {
  readonly span: Span;
  /** In capitals. */
  readonly meant: string;
}

/** They begin a part of a query: where one is misspelt, the word is taken for the alias of what is before it. */
const clauses = [
  ...['from', 'where', 'group', 'having', 'qualify', 'order', 'limit', 'offset', 'window', 'using'],
  ...['join', 'left', 'right', 'full', 'inner', 'cross', 'union', 'intersect', 'except'],
];
const keywords = [
  ...clauses,
  ...['select', 'distinct', 'values', 'with', 'recursive', 'and', 'not', 'between', 'like', 'asc', 'desc'],
  ...['case', 'when', 'then', 'else', 'end', 'nulls', 'first', 'last', 'outer'],
];

/** A shorter one is as near to a name as to a keyword. */
const shortest = 3;

/**
 * The misspelt keyword behind a syntax error. The engine places an error at the first token with which no rule
 * goes on: in `SELECT * FORM t` that is `t`, as `FORM` can be an alias. So the word before is looked at first.
 * @param offset where the engine places the error.
 */
export function misspeltKeyword(text: string, offset: number): Misspelling | undefined {
  const tokens = tokenise(text).filter(isSignificant);
  const found = tokens.findIndex(({ end }) => end > offset);
  const at = found === -1 ? tokens.length : found;
  const before = isBareAlias(text, tokens, at - 1) ? meantBy(text, tokens[at - 1], clauses) : undefined;
  return before ?? meantBy(text, tokens[at], keywords);
}

/** Tells whether a token stands where an alias can follow without AS. */
function isBareAlias(text: string, tokens: readonly Token[], index: number): boolean {
  const named = tokens[index - 1];
  if (named === undefined) return false;
  const written = text.slice(named.start, named.end).toLowerCase();
  return named.kind === 'operator' ? ['*', ')', ']'].includes(written) : written !== 'as';
}

function meantBy(
  text: string,
  token: Token | undefined,
  candidates: readonly string[],
): Misspelling | undefined {
  if (token?.kind !== 'word' || token.end - token.start < shortest) return undefined;
  const written = text.slice(token.start, token.end).toLowerCase();
  if (keywords.includes(written)) return undefined;
  const meant = suggest(written, candidates);
  if (meant === undefined) return undefined;
  return { span: { start: token.start, end: token.end }, meant: meant.toUpperCase() };
}
