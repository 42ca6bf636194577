import type { RowBlocks } from '../engine/engine.js';
import type { Renaming } from '../pipeline/renaming.js';
import type { AddDataRequest, AddedData, DataPreview } from '../protocol/addData.js';
import type { AcceptDriftRequest, ChangedContract, DriftReport } from '../protocol/drift.js';
import type { Json } from '../protocol/json.js';
import type { Logger } from '../protocol/logger.js';
import type { Place } from '../protocol/problem.js';
import type { CheckReport, QualityReport } from '../protocol/quality.js';
import type { ResultColumn } from '../protocol/result.js';
import type { PlanReport, RunEvent, RunRecord } from '../protocol/run.js';
import type { CleanReport, StatusReport } from '../protocol/status.js';
import type { KeptTablesReport, RenameReport, RestoreReport } from '../protocol/tableHistory.js';
import type { CheckOptions } from './check.js';
import type { CleanOptions } from './clean.js';
import type { AcceptOptions } from './drift.js';
import type { ChangeOptions } from './lakeChange.js';
import type { QualityOptions } from './quality.js';
import type { RestoreOptions } from './restore.js';

export interface OpenOptions {
  /** A folder in the project; the project's root is this one or the nearest above with settings. */
  readonly directory: string;
  /** Default `prod`. */
  readonly environment?: string;
  readonly logger?: Logger;
  /** A landing without a contract is an error instead of a reason to write one. Default false. */
  readonly frozen?: boolean;
}

/** Opens a project. Throws a ProblemError `project.missing` or `project.settings`. */
export type OpenProject = (options: OpenOptions) => Promise<Project>;

export interface PlanOptions {
  /** Selectors as `silver.sales`, `+gold.daily`, `tag:x`; empty for the whole project. */
  readonly select: readonly string[];
  /** Build even what is up to date. */
  readonly fullRefresh: boolean;
  /** Aborting rejects with a ProblemError `sql.cancelled`, or ends a run, see {@link RunOptions}. */
  readonly signal?: AbortSignal;
}

export interface RunOptions extends PlanOptions {
  /** Wait for another writer to end; otherwise throw a ProblemError `lake.busy`. */
  readonly wait: boolean;
  /** Aborting ends the run with a record whose status is `cancelled`; one that still waits rejects with `sql.cancelled`. */
  readonly signal?: AbortSignal;
  /** Called in order; must not throw. */
  readonly onEvent?: (event: RunEvent) => void;
}

export interface QueryOptions {
  /** At most so many rows are returned; absent for all. */
  readonly limit?: number;
  /** Aborting rejects with a ProblemError `sql.cancelled`. */
  readonly signal?: AbortSignal;
}

export interface QueryAnswer {
  readonly columns: readonly ResultColumn[];
  /** Values as in `TableBlock.rows`. */
  readonly rows: readonly (readonly Json[])[];
  /** How many rows the whole result has. */
  readonly total: number;
}

/** A query's rows as they come; to be read once. */
export type QueryBlocks = RowBlocks;

export interface ExportOptions {
  /** An absolute path; replaced whole, or not at all. */
  readonly file: string;
  readonly format: 'parquet' | 'csv';
  readonly signal?: AbortSignal;
}

/** One opened project: what the terminal, the kernel and the server do with it. */
export interface Project {
  /** The folder that has `ratatouille.json`; absolute. */
  readonly root: string;
  readonly name: string;
  /** Where the project's files land; absolute. */
  readonly landingDirectory: string;
  /** Tells the logger that the project was opened with, and keeps a file in the project. */
  readonly logger: Logger;
  plan(options: PlanOptions): Promise<PlanReport>;
  run(options: RunOptions): Promise<RunRecord>;
  /**
   * Runs one query over the published tables. Throws a ProblemError; a place in it that has neither
   * `notebook` nor `file` counts in `sql`.
   */
  query(sql: string, options: QueryOptions): Promise<QueryAnswer>;
  /**
   * Runs a query as {@link query} does, and hands its rows to `read` block by block: no more of them than one
   * block is in memory. Throws what `read` throws, too.
   */
  readQuery<T>(sql: string, options: QueryOptions, read: (rows: QueryBlocks) => Promise<T>): Promise<T>;
  exportQuery(sql: string, options: ExportOptions): Promise<{ readonly rows: number }>;
  status(options?: { readonly signal?: AbortSignal }): Promise<StatusReport>;
  /** Judges the checks of the notebooks on what is published; nothing is built. */
  check(options: CheckOptions): Promise<CheckReport>;
  /** Tells the quality of tables from the records of runs; no row is read. Throws a ProblemError `graph.unknown-table`. */
  quality(options?: QualityOptions): Promise<QualityReport>;
  /** What a file outside the project would become; nothing is written. Throws a ProblemError `data.…`. */
  lookAtData(request: AddDataRequest, signal?: AbortSignal): Promise<DataPreview>;
  /**
   * Copies a file into landing and writes its contract, whole or not at all; the original is only read.
   * Throws a ProblemError `data.…`.
   */
  addData(request: AddDataRequest, signal?: AbortSignal): Promise<AddedData>;
  /**
   * Adds a SQL cell at the end of a notebook, by its path relative to the project; a missing notebook is made.
   * Throws a ProblemError `notebook.unreadable`.
   */
  appendCell(notebook: string, text: string): Promise<void>;
  clean(options: CleanOptions): Promise<CleanReport>;
  /** What {@link restore} can bring back: of one table, or of all. Throws a ProblemError. */
  keptTables(table?: string): Promise<KeptTablesReport>;
  /** Makes a kept version of a table current again. Throws a ProblemError. */
  restore(table: string, options: RestoreOptions): Promise<RestoreReport>;
  /** Gives a table the name that its model has now, with all its versions. Throws a ProblemError. */
  rename(renaming: Renaming, options: ChangeOptions): Promise<RenameReport>;
  /**
   * The line of the notebook or file that a place points at, without its line break;
   * undefined for a place without a line and for one that is gone.
   */
  sourceLine(place: Place): Promise<string | undefined>;
  /** The pattern that a person means by it, or by a file; relative paths count from `directory`. */
  patternMeant(target: string, directory: string): Promise<string>;
  /** How the files of a pattern differ from its contract. */
  drift(pattern: string, signal?: AbortSignal): Promise<DriftReport>;
  /** Changes a contract so that its files fit; undefined when that was not confirmed. */
  acceptDrift(request: AcceptDriftRequest, options?: AcceptOptions): Promise<ChangedContract | undefined>;
  /** Waits until nothing runs. Other calls are errors afterwards. */
  close(): Promise<void>;
}
