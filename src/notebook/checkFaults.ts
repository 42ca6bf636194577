import type { Span } from '../protocol/text.js';
import { type Token, tokenise } from '../sql/tokenise.js';

/** Why a check is refused, and what to write instead. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
}

/** What would change the meaning of the SQL that the rule is put into; undefined where nothing would. */
export function lexicalFault(value: string): (Fault & { readonly span: Span }) | undefined {
  let depth = 0;
  for (const token of tokenise(value)) {
    const fault = tokenFault(value, token);
    if (fault !== undefined) return { ...fault, span: token };
    const written = value.slice(token.start, token.end);
    if (token.kind === 'operator' && written === '(') depth += 1;
    if (token.kind === 'operator' && written === ')') depth -= 1;
    if (depth < 0)
      return {
        message: 'A parenthesis is closed that was not opened.',
        hint: 'Open it, or take it out.',
        span: token,
      };
  }
  if (depth === 0) return undefined;
  return {
    message: 'A parenthesis is never closed.',
    hint: 'Close it.',
    span: { start: 0, end: value.length },
  };
}

function tokenFault(value: string, token: Token): Fault | undefined {
  if (token.unterminated)
    return { message: 'A quote or a comment is never closed.', hint: 'Close it on the same line.' };
  if (token.kind === 'line comment' || token.kind === 'block comment') {
    return { message: 'A check can hold no comment.', hint: 'Write the remark as a comment of its own.' };
  }
  const isSemicolon = token.kind === 'operator' && value[token.start] === ';';
  return isSemicolon ? { message: 'A check is one expression.', hint: 'Take the semicolon out.' } : undefined;
}
