import type { Span } from '../protocol/text.js';

/** A query as far as its tokens tell; the SQL may be unfinished or wrong. */
export interface QueryShape {
  /** From its first token to the end of the last, or to the parenthesis that ends it. */
  readonly span: Span;
  /** In the order of the WITH list. */
  readonly ctes: readonly NamedQuery[];
  /** One for each part of a UNION, INTERSECT or EXCEPT. */
  readonly selects: readonly SelectShape[];
}

export interface NamedQuery {
  /** In lower case. */
  readonly name: string;
  readonly query: QueryShape;
}

export interface SelectShape {
  readonly span: Span;
  /** The SELECT list; undefined for `FROM t` alone, which has all columns. */
  readonly items: readonly SelectItem[] | undefined;
  readonly sources: readonly Source[];
  /** Queries in parentheses that are no source: of expressions. */
  readonly nested: readonly QueryShape[];
}

/** One column, or a star, of a SELECT list. */
export interface SelectItem {
  readonly span: Span;
  readonly kind: 'star' | 'column';
  /** What the result calls it, or the source that a star is of; undefined where nobody gave a name. */
  readonly name?: string;
  /** The column that it is without change, as `s.amount`. */
  readonly path?: readonly string[];
  /** Columns that `EXCLUDE` takes from a star, in lower case. */
  readonly excluded?: readonly string[];
}

/** What a FROM or a JOIN names. */
export type Source = { readonly span: Span; readonly alias?: string } & (
  | { readonly kind: 'table'; readonly path: readonly string[] }
  | { readonly kind: 'query'; readonly query: QueryShape }
  | { readonly kind: 'call'; readonly name: string; readonly argument?: string }
);

/** The queries that an offset lies in, innermost first, each with the part that has the offset. */
export interface ScopeLevel {
  readonly query: QueryShape;
  readonly select: SelectShape | undefined;
}

/** Finds what is around an offset; an offset at a query's end counts as inside. */
export function scopeAt(query: QueryShape, offset: number): readonly ScopeLevel[] {
  const select = query.selects.find(({ span }) => contains(span, offset)) ?? query.selects.at(-1);
  const inner = [
    ...query.ctes.map((cte) => cte.query),
    ...query.selects.flatMap(({ sources, nested }) => [
      ...sources.flatMap((source) => (source.kind === 'query' ? [source.query] : [])),
      ...nested,
    ]),
  ].find(({ span }) => contains(span, offset));
  const own = { query, select };
  return inner === undefined ? [own] : [...scopeAt(inner, offset), own];
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
