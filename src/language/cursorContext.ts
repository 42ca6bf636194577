import type { Span } from '../protocol/text.js';
import { unquoteIdentifier } from '../sql/names.js';
import { isSignificant, type Token, tokenise } from '../sql/tokenise.js';
import { isReservedWord } from '../sql/writtenName.js';
import { statementAt } from './statementAt.js';

/** What can be written at a place of the SQL, read from the tokens before it. */
export type CursorContext =
  | { readonly kind: 'nothing' }
  /** A table, a CTE or a function that gives rows. */
  | { readonly kind: 'source'; readonly typed: Span }
  /** Something of what these parts name: a table of a layer, a column of a table. */
  | {
      readonly kind: 'member';
      readonly owner: readonly string[];
      readonly isSource: boolean;
      readonly typed: Span;
    }
  /** The name of a table that is being made. */
  | { readonly kind: 'new table'; readonly typed: Span }
  | { readonly kind: 'expression'; readonly typed: Span }
  /** The text in quotes that a function is given. */
  | { readonly kind: 'argument'; readonly call: string; readonly typed: Span };

/** Reads the context of an offset that is not in a comment. `typed` is what has been written of it so far. */
export function cursorContext(text: string, offset: number): CursorContext {
  const { start } = statementAt(text, offset);
  const tokens = tokenise(text.slice(start, offset))
    .map((token) => ({ ...token, start: token.start + start, end: token.end + start }))
    .filter(isSignificant);
  const before = new Backwards(text, tokens);
  const last = before.token();
  // A quote that is not closed on its line is a mistake above; nobody is typing in it.
  if (last?.unterminated && /[\n\r]/.test(text.slice(last.start, offset))) return { kind: 'nothing' };
  if (last?.kind === 'string' && last.unterminated) return argument(text, offset, last, before);
  const isTyping = last !== undefined && last.end === offset && isName(last);
  if (isTyping) before.step();
  return contextBefore(
    { start: isTyping ? last.start : offset, end: endOfTyped(text, offset, last) },
    before,
  );
}

/** An editor that closes quotes by itself has put the second one behind the cursor. */
function endOfTyped(text: string, offset: number, last: Token | undefined): number {
  const isInQuotes = last?.kind === 'quoted identifier' && last.unterminated === true;
  return isInQuotes && text[offset] === '"' ? offset + 1 : offset;
}

function argument(text: string, offset: number, string: Token, before: Backwards): CursorContext {
  before.step();
  if (before.text() !== '(') return { kind: 'nothing' };
  before.step();
  const rest = /^[^'\n\r]*(?=')/.exec(text.slice(offset))?.[0] ?? '';
  const typed = { start: string.start + 1, end: offset + rest.length };
  return { kind: 'argument', call: before.text(), typed };
}

function contextBefore(typed: Span, before: Backwards): CursorContext {
  const owner = before.takeOwner();
  if (owner.length > 0) return { kind: 'member', owner, isSource: expectsSource(before), typed };
  if (before.text() === '.') return { kind: 'nothing' };
  if (isCreateHead(before)) return { kind: 'new table', typed };
  if (expectsSource(before)) return { kind: 'source', typed };
  if (before.token() === undefined || before.text() === 'as' || endsOperand(before))
    return { kind: 'nothing' };
  return before.clause() === 'from' ? { kind: 'nothing' } : { kind: 'expression', typed };
}

const sourceWords = new Set(['from', 'join', 'pivot', 'unpivot', 'describe', 'summarize', 'lateral']);

function expectsSource(before: Backwards): boolean {
  const text = before.text();
  if (text === ',') return before.clause() === 'from';
  return sourceWords.has(text) && !before.isComparison();
}

/** `CREATE OR REPLACE TABLE`, before the name. */
function isCreateHead(before: Backwards): boolean {
  return ['table', 'view'].includes(before.text()) && before.first() === 'create';
}

/** After a complete value an operator or a keyword follows, which is not offered. */
function endsOperand(before: Backwards): boolean {
  const token = before.token();
  if (token === undefined || token.kind === 'operator') return before.text() === ')' || before.text() === ']';
  if (token.kind !== 'word') return true;
  return !isReservedWord(before.text()) && !openingWords.has(before.text());
}

/** Words that a value follows, though they can be names too. */
const openingWords = new Set([
  'between',
  'by',
  'exclude',
  'filter',
  'over',
  'partition',
  'set',
  'values',
  'sets',
]);

/** The clauses of a query, and whether sources are named in them. */
const clauses = new Map<string, 'from' | 'other'>([
  ['from', 'from'],
  ['join', 'from'],
  ...['select', 'where', 'group', 'having', 'order', 'qualify', 'on', 'using', 'limit', 'values', 'with'].map(
    (word) => [word, 'other'] as const,
  ),
]);

/** Walks over tokens from the last to the first. */
class Backwards {
  #at: number;

  constructor(
    readonly source: string,
    readonly tokens: readonly Token[],
  ) {
    this.#at = tokens.length - 1;
  }

  token(): Token | undefined {
    return this.tokens[this.#at];
  }

  /** The token here in lower case; empty before the first. */
  text(at = this.#at): string {
    const token = this.tokens[at];
    return token === undefined ? '' : this.source.slice(token.start, token.end).toLowerCase();
  }

  first(): string {
    return this.text(0);
  }

  /** The FROM of `a IS DISTINCT FROM b` names no source. */
  isComparison(at = this.#at): boolean {
    return this.text(at) === 'from' && this.text(at - 1) === 'distinct';
  }

  step(): void {
    this.#at -= 1;
  }

  /** Steps over `silver.sales.` and gives its parts. */
  takeOwner(): readonly string[] {
    const parts: string[] = [];
    for (let name = this.tokens[this.#at - 1]; this.text() === '.' && name !== undefined && isName(name); ) {
      parts.unshift(unquoteIdentifier(this.source.slice(name.start, name.end)));
      this.#at -= 2;
      name = this.tokens[this.#at - 1];
    }
    return parts;
  }

  /** Which clause of its own query the place is in; parentheses that are closed before it are left out. */
  clause(): 'from' | 'other' | undefined {
    let depth = 0;
    for (let at = this.#at; at >= 0; at -= 1) {
      const text = this.text(at);
      if (text === ')') depth += 1;
      if (text === '(') depth -= 1;
      if (depth < 0) return undefined;
      const isWord = depth === 0 && this.tokens[at]?.kind === 'word' && !this.isComparison(at);
      const found = isWord ? clauses.get(text) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'quoted identifier';
}
