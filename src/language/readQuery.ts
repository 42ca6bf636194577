import type { Span } from '../protocol/text.js';
import { Cursor } from '../sql/cursor.js';
import { isReservedWord } from '../sql/writtenName.js';
import type { NamedQuery, QueryShape, SelectItem, SelectShape, Source } from './scope.js';
import { readSelectItem } from './selectItem.js';

/**
 * Reads a query's tokens for what it selects from what. Never fails: what it does not understand it steps over.
 */
export function readQuery(source: string, span: Span = { start: 0, end: source.length }): QueryShape {
  return new Reader(new Cursor(source, span), span.end).query();
}

const queryWords = new Set(['select', 'from', 'with', 'values', 'pivot', 'unpivot', 'describe', 'summarize']);
const combining = ['union', 'intersect', 'except'] as const;
const sourceWords = new Set(['from', 'join', 'pivot', 'unpivot', 'describe', 'summarize']);
/** What ends the list of sources, so that a comma after it parts something else. */
const clauseWords = new Set([
  ...['where', 'group', 'having', 'order', 'limit', 'offset', 'qualify', 'window', 'on', 'using'],
  ...['select', 'values'],
]);

class Reader {
  constructor(
    readonly cursor: Cursor,
    /** Where the query ends when no parenthesis ends it before. */
    readonly end: number,
  ) {}

  query(): QueryShape {
    const start = this.cursor.peek()?.start ?? this.end;
    const ctes = this.#ctes();
    const selects: SelectShape[] = [];
    do {
      this.cursor.take('all');
      this.cursor.take('by', 'name');
      selects.push(this.#select());
    } while (this.cursor.takeOneOf(combining) !== undefined);
    const end = this.#here();
    return { span: { start, end }, ctes, selects };
  }

  /** Where the next token begins: a closing parenthesis, or the end. */
  #here(): number {
    return this.cursor.peek()?.start ?? this.end;
  }

  #ctes(): readonly NamedQuery[] {
    if (!this.cursor.take('with')) return [];
    this.cursor.take('recursive');
    const found: NamedQuery[] = [];
    do {
      const name = this.cursor.takeName();
      this.cursor.takeParentheses();
      this.cursor.take('as');
      this.cursor.take('not');
      this.cursor.take('materialized');
      if (name === undefined || !this.cursor.isOperator('(')) break;
      found.push({ name: (name.parts.at(-1) ?? '').toLowerCase(), query: this.#inParentheses() });
    } while (this.cursor.takeOperator(','));
    return found;
  }

  /** The query of `( … )`, which may lack its end. */
  #inParentheses(): QueryShape {
    this.cursor.advance();
    const query = this.query();
    this.#skipTo(')');
    this.cursor.takeOperator(')');
    return query;
  }

  #skipTo(closing: string): void {
    while (this.cursor.peek() !== undefined && !this.cursor.isOperator(closing)) this.#step([]);
  }

  /** One part of the query, up to what combines it with the next, its closing parenthesis, or the end. */
  #select(): SelectShape {
    const start = this.cursor.peek()?.start ?? this.end;
    const part: Part = { sources: [], nested: [], items: undefined, isSourceList: false };
    while (!this.#isAtEnd()) this.#piece(part);
    const { sources, nested, items } = part;
    return { span: { start, end: this.#here() }, sources, nested, items };
  }

  #isAtEnd(): boolean {
    const isCombining = combining.some((word) => word === this.cursor.keyword());
    return this.cursor.peek() === undefined || this.cursor.isOperator(')') || isCombining;
  }

  #piece(part: Part): void {
    const word = this.cursor.keyword();
    const isNextSource = part.isSourceList && this.cursor.isOperator(',');
    if (this.#isSourceWord() || isNextSource) {
      this.cursor.advance();
      part.isSourceList = true;
      const source = this.#source(part);
      if (source !== undefined) part.sources.push(source);
    } else if (word === 'select') {
      this.cursor.advance();
      part.isSourceList = false;
      part.items = this.#items(part.nested);
    } else {
      if (clauseWords.has(word)) part.isSourceList = false;
      this.#step(part.nested);
    }
  }

  /** Steps over one token, or a parenthesis with all that is in it; queries in it are put into `nested`. */
  #step(nested: QueryShape[]): void {
    if (!this.cursor.isOperator('(')) {
      this.cursor.advance();
      return;
    }
    if (queryWords.has(this.cursor.keyword(1))) {
      nested.push(this.#inParentheses());
      return;
    }
    this.cursor.advance();
    while (this.cursor.peek() !== undefined && !this.cursor.isOperator(')')) this.#step(nested);
    this.cursor.takeOperator(')');
  }

  #items(nested: QueryShape[]): readonly SelectItem[] {
    this.cursor.take('distinct');
    if (this.cursor.take('on')) this.#step(nested);
    const items: SelectItem[] = [];
    do {
      const from = this.cursor.index;
      while (!this.#isAtEnd() && !this.cursor.isOperator(',') && !this.#isClause()) this.#step(nested);
      const item = readSelectItem(this.cursor, from, this.cursor.index);
      if (item !== undefined) items.push(item);
    } while (this.cursor.takeOperator(','));
    return items;
  }

  #isClause(): boolean {
    return this.#isSourceWord() || clauseWords.has(this.cursor.keyword());
  }

  /** `a IS DISTINCT FROM b` compares. `extract(year FROM day)` is in parentheses, which are stepped over whole. */
  #isSourceWord(): boolean {
    return sourceWords.has(this.cursor.keyword()) && this.cursor.keyword(-1) !== 'distinct';
  }

  #source(part: Part): Source | undefined {
    this.cursor.take('lateral');
    const first = this.cursor.peek();
    if (first === undefined) return undefined;
    if (this.cursor.isOperator('(')) {
      if (!queryWords.has(this.cursor.keyword(1)) && !this.cursor.isOperator('(', 1)) {
        this.#step(part.nested);
        return undefined;
      }
      const query = this.#inParentheses();
      return { kind: 'query', query, ...this.#aliased(first.start) };
    }
    if (isReservedWord(this.cursor.keyword())) return undefined;
    const name = this.cursor.takeName();
    if (name === undefined) return undefined;
    if (!this.cursor.isOperator('('))
      return { kind: 'table', path: name.parts, ...this.#aliased(first.start) };
    const argument = this.#literal();
    this.#step(part.nested);
    const call = (name.parts.at(-1) ?? '').toLowerCase();
    return {
      kind: 'call',
      name: call,
      ...this.#aliased(first.start),
      ...(argument === undefined ? {} : { argument }),
    };
  }

  /** The one string in quotes that a call is given. */
  #literal(): string | undefined {
    const token = this.cursor.peek(1);
    if (token?.kind !== 'string' || !this.cursor.isOperator(')', 2)) return undefined;
    return this.cursor.written(token).slice(1, -1).replaceAll("''", "'");
  }

  #aliased(start: number): { readonly span: Span; readonly alias?: string } {
    const before = this.cursor.tokens[this.cursor.index - 1];
    const hasAs = this.cursor.take('as');
    const isBare = hasAs || !isReservedWord(this.cursor.keyword());
    const name = isBare ? this.cursor.takeName() : undefined;
    const span = { start, end: name?.span.end ?? before?.end ?? start };
    const [alias] = name?.parts ?? [];
    if (alias !== undefined) this.cursor.takeParentheses();
    return alias === undefined ? { span } : { span, alias };
  }
}

interface Part {
  readonly sources: Source[];
  readonly nested: QueryShape[];
  items: readonly SelectItem[] | undefined;
  isSourceList: boolean;
}
