import type { Check } from '../notebook/checks.js';
import type { ColumnDescription } from '../notebook/declarations.js';
import type { Layer } from '../protocol/layer.js';
import type { Place, Problem } from '../protocol/problem.js';
import { lineAndColumn, type Span } from '../protocol/text.js';
import type { References } from '../sql/parser.js';
import type { SessionObject } from '../sql/statement.js';

/** A statement's position: which notebook, which cell, and how many statements stand above it. */
export interface StatementPosition {
  readonly notebook: string;
  /** From 1. */
  readonly cell: number;
  /** Counts the notebook's statements in document order, from 0. */
  readonly ordinal: number;
  readonly cellText: string;
}

/** The statement that builds one table or view of the lake. */
export interface Model {
  /** `layer.name` in lower case: two models with one key are the same table. */
  readonly key: string;
  /** `layer.name` as written. */
  readonly name: string;
  readonly layer: Layer;
  readonly form: 'table' | 'view';
  readonly position: StatementPosition;
  /** Where the name stands in the cell's text. */
  readonly nameSpan: Span;
  readonly select: string;
  /** `select` as fingerprints see it: without comments, blanks folded. */
  readonly normalised: string;
  /** Offset of `select` in the cell's text. */
  readonly selectStart: number;
  /** Spans within `select`. */
  readonly references: References;
  readonly checks: readonly Check[];
  /** What the conditions of its checks refer to together. */
  readonly checkReferences: References;
  readonly description?: string;
  readonly owner?: string;
  readonly tags: readonly string[];
  readonly columns: readonly ColumnDescription[];
  /** What is wrong with it by itself: its syntax, its declarations. */
  readonly problems: readonly Problem[];
}

/** A statement that models below it may use: a macro, a type, a variable, a temporary table or view, a setting. */
export interface SessionStatement {
  readonly kind: SessionObject;
  /** In lower case. */
  readonly name: string;
  readonly position: StatementPosition;
  /** Where the statement starts in the cell's text. */
  readonly start: number;
  readonly text: string;
  /** What its body reads; spans count within the statement. */
  readonly references: References;
}

/** The place of a span of a cell's text. */
export function placeAt(position: StatementPosition, span: Span): Place {
  const start = lineAndColumn(position.cellText, span.start);
  const end = lineAndColumn(position.cellText, span.end);
  return {
    notebook: position.notebook,
    cell: position.cell,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** The place of a span of a model's SELECT. */
export function placeInSelect(model: Model, span: Span): Place {
  return placeAt(model.position, {
    start: model.selectStart + span.start,
    end: model.selectStart + span.end,
  });
}
