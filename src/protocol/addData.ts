import type { Json } from './json.js';
import type { ResultColumn } from './result.js';

/** What a file outside the project would become, for a person to look at before anything is copied. */
export interface DataPreview {
  /** The file, absolute. */
  readonly file: string;
  readonly bytes: number;
  /** Where it would be copied, relative to `data/landing`. */
  readonly landingPath: string;
  /** What `landing()` would read: `orders/*.csv`. */
  readonly pattern: string;
  /** The proposed table: `bronze.orders`. */
  readonly table: string;
  /** How the file is written, in words: `comma separated, UTF-8, with a header`. */
  readonly dialect: string;
  /** The contract as it would be written, JSON. */
  readonly contract: string;
  readonly columns: readonly ResultColumn[];
  /** The first rows, at most twenty. */
  readonly rows: readonly (readonly Json[])[];
}

export interface AddDataRequest {
  /** Absolute. */
  readonly file: string;
  /** Another name for the table, without its layer. */
  readonly name?: string;
}

export interface AddedData {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly pattern: string;
  /** Relative to the project. */
  readonly contract: string;
  readonly table: string;
  /** The text of the cell that builds the table. */
  readonly cell: string;
  /** Columns that became VARCHAR after the preview, because a value further down does not have the type shown. */
  readonly widened: readonly WidenedColumn[];
}

/** Why a column became VARCHAR. */
export interface WidenedColumn {
  readonly column: string;
  /** The line of the file with the first such value; absent where it can't be found. */
  readonly line?: number;
  readonly value: string;
}
