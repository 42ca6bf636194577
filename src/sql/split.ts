import type { Span } from '../protocol/text.js';
import { isSignificant, type Token, tokenise } from './tokenise.js';

/** One statement of a text that may hold several. */
export interface SqlStatement {
  /** From the first token that is neither blank nor comment to the last one; without the semicolon. */
  readonly span: Span;
  readonly text: string;
  /**
   * The comments between the statement before and this one, in order. A comment on the line on which the
   * statement before ended is that one's and is left out.
   */
  readonly comments: readonly Token[];
}

/**
 * Cuts a text into its statements at the semicolons that stand outside strings, quoted identifiers,
 * dollar quotes and comments. Text without a statement, as comments alone, gives none.
 */
export function splitStatements(text: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let comments: Token[] = [];
  let first: Token | undefined;
  let last: Token | undefined;
  let endedAt: number | undefined;
  const finish = (): void => {
    if (first === undefined || last === undefined) return;
    const span = { start: first.start, end: last.end };
    statements.push({ span, text: text.slice(span.start, span.end), comments });
    comments = [];
    first = undefined;
  };
  for (const token of tokenise(text)) {
    if (text[token.start] === ';') {
      finish();
      endedAt = token.end;
    } else if (isSignificant(token)) {
      first ??= token;
      last = token;
    } else if (token.kind !== 'blank' && first === undefined && !sameLine(text, endedAt, token.start)) {
      comments.push(token);
    }
  }
  finish();
  return statements;
}

function sameLine(text: string, from: number | undefined, to: number): boolean {
  return from !== undefined && !/[\n\r]/.test(text.slice(from, to));
}
