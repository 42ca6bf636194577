import type { Json } from '../protocol/json.js';
import type { ResultColumn } from '../protocol/result.js';
import type { SqlParser } from '../sql/parser.js';

/** How much of the machine an engine may use. */
export interface EngineLimits {
  /** As the engine reads it: `4GB`. Absent: the engine's default of 80 % of memory. */
  readonly memory?: string;
  readonly threads?: number;
  /** Where it spills; removed on close. */
  readonly temporaryDirectory: string;
}

/**
 * What executes SQL. Sized for two implementations: DuckDB in this process and a cluster.
 * Closing waits until nothing runs.
 */
export interface Engine {
  /** Name and version, part of every fingerprint: `DuckDB 1.5.5`. */
  readonly version: string;
  readonly parser: SqlParser;
  /** A session has a connection and a catalog of its own: nothing one session defines reaches another. */
  openSession(): Promise<EngineSession>;
  /** Reads rows and columns from the footers of Parquet files; throws a ProblemError `lake.damaged`. */
  readFooters(files: readonly string[]): Promise<readonly ParquetFooter[]>;
  close(): Promise<void>;
}

export interface ParquetFooter {
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly ResultColumn[];
}

export interface ExecuteOptions {
  /** Aborting interrupts the statement, which then rejects with a ProblemError `sql.cancelled`. */
  readonly signal?: AbortSignal;
  /** Called from time to time with the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** The statement failed in the engine. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    message: string,
    readonly details: {
      /** The engine's class of error, as `Binder`, `Catalog`, `Conversion`, `Parser`, `Out of Memory`. */
      readonly type: string;
      /** UTF-16 offset into the submitted text (for `writeParquet`: into `select`). */
      readonly offset?: number;
      /** The name that was not found. */
      readonly missing?: string;
      /** What it was taken for, as `Table` or `Scalar Function`; absent for a column. */
      readonly missingKind?: string;
      /** What the name was looked for in, as the alias `s` of `s.amount`; absent where nothing was named. */
      readonly qualifier?: string;
      /** Names that the engine proposes instead. */
      readonly candidates?: readonly string[];
    },
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

export interface EngineSession {
  /** Runs one statement and drops its rows. Throws EngineError. */
  execute(sql: string, options?: ExecuteOptions): Promise<void>;
  /** Binds one query without running it: its columns under the names as written. Throws EngineError. */
  describe(query: string, options?: ExecuteOptions): Promise<readonly ResultColumn[]>;
  /** Runs one query and returns all its rows; only for results known to be small. Throws EngineError. */
  rows(query: string, options?: ExecuteOptions): Promise<QueryRows>;
  /**
   * Runs one query to its end, keeps its result until the next call, and returns its first rows and its
   * size. The query runs once, so a volatile one is not asked twice. Throws EngineError.
   */
  firstRows(
    query: string,
    limit: number,
    options?: ExecuteOptions,
  ): Promise<QueryRows & { readonly total: number }>;
  /**
   * As {@link firstRows}, for more rows than memory may hold: they are fetched block by block, while the
   * blocks are asked for. Throws EngineError, and so does fetching a block.
   */
  rowBlocks(query: string, limit: number, options?: ExecuteOptions): Promise<RowBlocks>;
  /** Creates or replaces a view; the schema is made when missing. */
  defineView(schema: string, name: string, query: string, options?: ExecuteOptions): Promise<void>;
  /**
   * Writes a query's rows into new Parquet files in an existing, empty directory, applying the storage
   * rules to its columns. Nothing is fsynced. After a failure or an abort the directory's content means
   * nothing. Throws EngineError, or a ProblemError `model.storage` for a value that its stored type can't hold.
   */
  writeParquet(request: ParquetWrite, options?: ExecuteOptions): Promise<ParquetWritten>;
  close(): Promise<void>;
}

export interface QueryRows {
  readonly columns: readonly ResultColumn[];
  /** Values as in `TableBlock.rows` of the protocol. */
  readonly rows: readonly (readonly Json[])[];
}

/** A result whose rows come in blocks, in the query's order; to be read once, before the session's next call. */
export interface RowBlocks {
  readonly columns: readonly ResultColumn[];
  /** How many rows the whole result has. */
  readonly total: number;
  /** How many rows all blocks together have. */
  readonly count: number;
  readonly blocks: AsyncIterable<QueryRows['rows']>;
}

export interface ParquetWrite {
  readonly select: string;
  readonly directory: string;
  /** Absent: all rows are kept. */
  readonly drop?: DropRules;
  /** Counts the rows between the query's source and the files, see `ParquetWritten.counts`. */
  readonly count?: boolean;
}

/** Which rows of a query are set aside, and what is kept of them. */
export interface DropRules {
  /** At least one. */
  readonly rules: readonly DropRule[];
  /** Asking a rule twice may give two answers, as with `random()`. */
  readonly volatile: boolean;
  /**
   * The query once more, with columns behind its own that only dropped rows get. Given where it gives the same rows
   * each time and is cheap: the dropped ones are then read by a second run.
   */
  readonly again?: string;
}

export interface DropRule {
  /** A boolean expression over the query's columns: a row for which it is TRUE goes, all others stay. */
  readonly when: string;
  /** What a dropped row's list of broken rules says for it. */
  readonly text: string;
}

export interface ParquetWritten {
  readonly columns: readonly StoredColumn[];
  /** One file, also for no rows: it carries the columns. */
  readonly kept: WrittenFile;
  /** Absent when no row was dropped. */
  readonly dropped?: DroppedFile;
  /** Absent where it was not asked for, or the engine can't tell. */
  readonly counts?: RowCounts;
}

/** Rows as the engine counted them while it ran the query, apart from what it wrote. */
export interface RowCounts {
  /** Rows that the query gave. */
  readonly given: number;
  /** Rows that DISTINCT or QUALIFY left out; absent where the way in which it ran does not tell. */
  readonly deduplicated?: number;
}

/** Dropped rows: the query's columns, those that `again` has behind them, and the broken rules. */
export interface DroppedFile extends WrittenFile {
  /** The column with the texts of all rules that a row broke, VARCHAR[]: `_failed`, or with more `_` where that is taken. */
  readonly failed: string;
}

export interface WrittenFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

export interface StoredColumn extends ResultColumn {
  /** The type in the file where it differs from the query's, as BIGINT for HUGEINT. */
  readonly storedAs?: string;
}
