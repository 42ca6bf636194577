import type { Span } from '../protocol/text.js';
import { unquoteIdentifier } from './names.js';
import { isSignificant, type Token, tokenise } from './tokenise.js';

/** A name of one part or more, as `silver.sales`. */
export interface WrittenName {
  readonly parts: readonly string[];
  readonly span: Span;
}

/** Reads a piece of SQL token by token, blanks and comments left out. Offsets are into the whole source. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(
    readonly source: string,
    span: Span = { start: 0, end: source.length },
  ) {
    this.#tokens = tokenise(source).filter(
      (token) => isSignificant(token) && token.start >= span.start && token.end <= span.end,
    );
  }

  /** The token `ahead` places on; undefined past the end. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  /** All tokens that the cursor runs over. */
  get tokens(): readonly Token[] {
    return this.#tokens;
  }

  get index(): number {
    return this.#at;
  }

  moveTo(index: number): void {
    this.#at = index;
  }

  advance(): Token | undefined {
    const token = this.peek();
    if (token !== undefined) this.#at += 1;
    return token;
  }

  /** The text of a token as written; empty past the end. */
  written(token: Token | undefined): string {
    return token === undefined ? '' : this.source.slice(token.start, token.end);
  }

  /** The keyword at a place in lower case; empty for what is no bare word. */
  keyword(ahead = 0): string {
    const token = this.peek(ahead);
    return token?.kind === 'word' ? this.written(token).toLowerCase() : '';
  }

  isOperator(operator: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'operator' && this.written(token) === operator;
  }

  /** Steps over these keywords when all of them stand here, in this order. */
  take(...keywords: readonly string[]): boolean {
    const all = keywords.every((keyword, ahead) => this.keyword(ahead) === keyword);
    if (all) this.#at += keywords.length;
    return all;
  }

  /** Steps over one of these keywords and returns it. */
  takeOneOf<Keyword extends string>(keywords: readonly Keyword[]): Keyword | undefined {
    const here = this.keyword();
    const taken = keywords.find((keyword) => keyword === here);
    if (taken !== undefined) this.#at += 1;
    return taken;
  }

  takeOperator(operator: string): boolean {
    const here = this.isOperator(operator);
    if (here) this.#at += 1;
    return here;
  }

  /** Reads a name with its qualifiers: identifiers, quoted or not, joined by dots. */
  takeName(): WrittenName | undefined {
    const first = this.peek();
    if (first === undefined || !isNamePart(first)) return undefined;
    let last = first;
    const parts = [unquoteIdentifier(this.written(first))];
    this.#at += 1;
    for (
      let part = this.peek(1);
      this.isOperator('.') && part !== undefined && isNamePart(part);
      part = this.peek(1)
    ) {
      parts.push(unquoteIdentifier(this.written(part)));
      last = part;
      this.#at += 2;
    }
    return { parts, span: { start: first.start, end: last.end } };
  }

  /** Steps over a balanced `( … )` that begins here and returns its span; stays where it is without one. */
  takeParentheses(): Span | undefined {
    const open = this.peek();
    if (open === undefined || !this.isOperator('(')) return undefined;
    let depth = 0;
    for (let ahead = 0; ; ahead += 1) {
      const token = this.peek(ahead);
      if (token === undefined) return undefined;
      if (this.isOperator('(', ahead)) depth += 1;
      if (this.isOperator(')', ahead)) depth -= 1;
      if (depth === 0) {
        this.#at += ahead + 1;
        return { start: open.start, end: token.end };
      }
    }
  }

  /** From the token here to the last one; undefined when none is left. */
  rest(): Span | undefined {
    const first = this.peek();
    const last = this.#tokens.at(-1);
    return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
  }
}

function isNamePart(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'quoted identifier';
}
