import type { ProblemCode } from '../protocol/problemCodes.js';
import type { Span } from '../protocol/text.js';
import type { LakeTable } from './names.js';

/** A SELECT that was found in a statement, or made around an expression so that it can be parsed. */
export interface EmbeddedQuery {
  /** What to parse. */
  readonly text: string;
  /** The part of the source that is in `text`. */
  readonly span: Span;
  /** Where in `text` that part begins: 0, or the length of a `SELECT (` put before it. */
  readonly lead: number;
}

/** Maps an offset into an embedded query's text to the source it was found in, kept within its span. */
export function sourceOffset(query: EmbeddedQuery, offset: number): number {
  const { start, end } = query.span;
  return Math.min(end, Math.max(start, start + offset - query.lead));
}

export interface ModelStatement {
  readonly kind: 'model';
  readonly form: 'table' | 'view';
  readonly target: LakeTable & { readonly span: Span };
  readonly select: EmbeddedQuery;
}

/** A statement that would make a table of the lake in a form that is not taken. */
export interface RefusedModel {
  readonly kind: 'refused model';
  readonly code: Extract<ProblemCode, 'model.form' | 'model.name'>;
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  readonly span: Span;
}

export type SessionObject = 'macro' | 'type' | 'variable' | 'temporary table' | 'temporary view' | 'setting';

/** A statement that belongs to the session which is replayed before a model is built. */
export interface SessionStatement {
  readonly kind: 'session';
  readonly what: SessionObject;
  /** In lower case and without qualifiers, as names compare. */
  readonly name: string;
  readonly span: Span;
  /** What to parse to find out what it reads: one for each overload of a macro, none for a constant. */
  readonly queries: readonly EmbeddedQuery[];
}

export interface QueryStatement {
  readonly kind: 'query';
  /** First keyword, in lower case: `select`, `from`, `explain`, … */
  readonly verb: string;
  /** What to parse to find out what it reads; for EXPLAIN the statement that is explained. */
  readonly query: EmbeddedQuery;
}

/** A table of the lake, or a whole layer, that a statement would change. */
export interface LakeTarget {
  /** As written. */
  readonly text: string;
  readonly span: Span;
}

/** A statement that would change a table of the lake behind its model's back. */
export interface LakeWrite {
  readonly kind: 'lake write';
  /** In capitals: `INSERT`, `CREATE INDEX`, … */
  readonly verb: string;
  readonly target: LakeTarget;
}

export interface LakeDrop {
  readonly kind: 'drop';
  readonly what: 'table' | 'view';
  readonly table: LakeTable & { readonly span: Span };
}

/** Everything else: it runs in a cell, and is no part of a model or of its session. */
export interface OtherStatement {
  readonly kind: 'other';
  /** First keyword, in lower case. */
  readonly verb: string;
  /** The SELECT inside, where there is one: of COPY, and of CREATE TABLE and CREATE VIEW outside the lake. */
  readonly query?: EmbeddedQuery;
}

export type StatementKind =
  | ModelStatement
  | RefusedModel
  | SessionStatement
  | QueryStatement
  | LakeWrite
  | LakeDrop
  | OtherStatement;
