import type { CellStatement } from '../notebook/statements.js';
import type { Problem } from '../protocol/problem.js';

/** One code cell with its statements. */
export interface SourceCell {
  readonly notebook: string;
  /** From 1, as people count: markdown cells count too. */
  readonly cell: number;
  readonly text: string;
  readonly statements: readonly CellStatement[];
  /** What is wrong with its statements and declarations; an error keeps the cell's models from being built. */
  readonly problems: readonly Problem[];
}

export interface SourceNotebook {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** False for one that says `pipeline: false`. */
  readonly pipeline: boolean;
  readonly cells: readonly SourceCell[];
}

/** What one file holds, as plain values. */
export interface ReadNotebook {
  readonly notebook?: SourceNotebook;
  readonly problems: readonly Problem[];
}
