import type { ChartSettings } from './chart.js';
import type { Json } from './json.js';
import type { Problem } from './problem.js';
import type { CheckOutcome, RowEquation } from './quality.js';

export interface ResultColumn {
  readonly name: string;
  /** The engine's type, as `DECIMAL(18,2)`. */
  readonly type: string;
}

/** The first rows of a query's result. */
export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly ResultColumn[];
  /**
   * Row by row, value by column. Integers that a double can't hold, decimals and all temporal values
   * are strings, as the engine prints them.
   */
  readonly rows: readonly (readonly Json[])[];
  /** How many rows the whole result has; `rows` holds the first of them. */
  readonly total: number;
  readonly elapsedMs: number;
}

/** What became of one model. */
export interface ModelBlock {
  readonly kind: 'model';
  /** `layer.name`. */
  readonly model: string;
  readonly form: 'table' | 'view';
  readonly action: 'built' | 'up to date';
  /** Why, in words: `its SQL changed`, `unchanged since run 41`. */
  readonly reason: string;
  readonly version: number;
  /** The run that made this version. */
  readonly run: number;
  readonly rows: number;
  /** Rows of all direct inputs together; absent where that is not known. */
  readonly rowsIn?: number;
  /** Rows that `drop` checks moved to the quarantine. */
  readonly dropped: number;
  /** Records of landing files that did not fit their contract; absent for none. */
  readonly rejected?: number;
  /** Of a table that was built now. */
  readonly equation?: RowEquation;
  /** Of a table that was built or judged now: those that some row breaks. */
  readonly checks?: readonly CheckOutcome[];
  /** The plain file or folder, relative to the project; absent for a view. */
  readonly path?: string;
  readonly elapsedMs: number;
  readonly warnings: readonly Problem[];
}

/** What a chart is drawn from. The table block that follows it holds the same rows with all their columns. */
export interface ChartBlock {
  readonly kind: 'chart';
  readonly chart: ChartSettings;
  /** Those that the chart uses. */
  readonly columns: readonly ResultColumn[];
  /** Values as in {@link TableBlock.rows}; no more than {@link chartRowLimit}. */
  readonly rows: readonly (readonly Json[])[];
  /** How many rows the whole result has; `rows` holds the first of them. */
  readonly total: number;
}

/** More marks than that can't be told apart, and slow the page. */
export const chartRowLimit = 5000;

/** A statement that returns no rows, as `CREATE MACRO`. */
export interface DoneBlock {
  readonly kind: 'done';
  readonly statement: string;
  readonly elapsedMs: number;
}

export interface ProblemBlock {
  readonly kind: 'problem';
  readonly problem: Problem;
}

export type ResultBlock = TableBlock | ChartBlock | ModelBlock | DoneBlock | ProblemBlock;

/** The mime type under which a payload is a notebook output. */
export const resultMimeType = 'application/vnd.ratatouille.result+json';

/** What one cell shows, one block or more for each statement. Read by renderers of later versions too. */
export interface ResultPayload {
  readonly version: 1;
  readonly blocks: readonly ResultBlock[];
  /** Names the cell in messages to the editor; it means something only while the notebook is open. */
  readonly cell?: string;
}

/** Tells whether a value that came from a file or another process is a payload this version can show. */
export function isResultPayload(value: unknown): value is ResultPayload {
  if (typeof value !== 'object' || value === null) return false;
  const { version, blocks } = value as { version?: unknown; blocks?: unknown };
  return (
    version === 1 &&
    Array.isArray(blocks) &&
    blocks.every((block) => typeof block === 'object' && block !== null && 'kind' in block)
  );
}
