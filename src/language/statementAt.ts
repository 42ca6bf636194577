import type { Span } from '../protocol/text.js';
import { classify } from '../sql/classify.js';
import { Cursor } from '../sql/cursor.js';
import { isSignificant, tokenise } from '../sql/tokenise.js';
import { readQuery } from './readQuery.js';
import { type ScopeLevel, scopeAt } from './scope.js';

/**
 * The statement that an offset lies in: from after the semicolon before it to the one after it. Blanks and
 * comments around it belong to it, so every offset has one.
 */
export function statementAt(text: string, offset: number): Span {
  let start = 0;
  for (const token of tokenise(text)) {
    if (text[token.start] !== ';' || !isSignificant(token)) continue;
    if (token.start >= offset) return { start, end: token.start };
    start = token.end;
  }
  return { start, end: text.length };
}

/** The queries around an offset, innermost first; none where its statement has no query there. */
export function queriesAt(text: string, offset: number): readonly ScopeLevel[] {
  const query = queryOf(text, statementAt(text, offset));
  if (query === undefined || offset < query.start) return [];
  return scopeAt(readQuery(text, query), offset);
}

/** What of a statement is its query: for a CREATE what stands behind AS, which may still be unfinished. */
export function queryOf(text: string, statement: Span): Span | undefined {
  const kind = classify(text, statement);
  if (kind.kind === 'model') return { start: kind.select.span.start, end: statement.end };
  const cursor = new Cursor(text, statement);
  const word = cursor.keyword();
  if (word === 'create') {
    while (cursor.peek() !== undefined && !cursor.take('as')) cursor.advance();
  } else if (word === 'copy' || word === 'explain') {
    cursor.advance();
    cursor.take('analyze');
    cursor.takeOperator('(');
  }
  const first = cursor.peek();
  return first === undefined ? undefined : { start: first.start, end: statement.end };
}
