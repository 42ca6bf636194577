import type { Span } from '../protocol/text.js';
import { scanToken, type TokenKind } from './scan.js';

/** A token of SQL text. Its text is `source.slice(start, end)`. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** The text ends before the string, the quoted identifier or the comment does. */
  readonly unterminated?: true;
}

/**
 * Cuts SQL into tokens that follow each other without gaps, so that joining them gives the text again.
 * Never fails: what is not closed is a token to the end of the text, flagged `unterminated`.
 * Follows the lexer of DuckDB 1.5: nested block comments, `E'…'`, `$tag$…$tag$`, Unicode blanks.
 */
export function tokenise(text: string): readonly Token[] {
  if (recent?.text !== text) recent = { text, tokens: cut(text) };
  return recent.tokens;
}

/** One cell is cut by the splitter, the classifier and the declarations in turn, and a project has thousands. */
let recent: { readonly text: string; readonly tokens: readonly Token[] } | undefined;

function cut(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const { kind, end, unterminated } = scanToken(text, at);
    tokens.push({ kind, start: at, end, ...(unterminated ? { unterminated: true } : {}) });
    at = end;
  }
  return tokens;
}

/** Tells whether a token says something to the parser: it is neither blank nor comment. */
export function isSignificant(token: Token): boolean {
  return token.kind !== 'blank' && token.kind !== 'line comment' && token.kind !== 'block comment';
}
