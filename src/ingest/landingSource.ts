import type { EngineError, EngineSession } from '../engine/engine.js';
import type { InputFile } from '../lake/manifest.js';
import type { Problem } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';

export interface ContractReference {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** Of what decides the rows. */
  readonly hash: string;
}

/** Where and for whom rejected records are written down. */
export interface RejectRequest {
  /** Its temporary tables are this call's. */
  readonly session: EngineSession;
  /** An empty folder; what is in it is read as long as the source is. */
  readonly directory: string;
  /** Who reads the files: `layer.name` and the number of the run; absent for a query. */
  readonly reader?: { readonly table: string; readonly run: number };
  readonly signal?: AbortSignal | undefined;
}

/** The records of a source that do not fit its contract. */
export interface Rejects {
  /** At least so many where the search was given up. */
  readonly records: number;
  /** A Parquet file of {@link rejectColumns}: a row for each thing that is wrong. */
  readonly file: { readonly path: string; readonly rows: number };
  /** Why nothing may be published: there are more than the contract allows. */
  readonly refusal?: Problem;
}

/** One `landing('…')` that a model is about to read. */
export interface LandingSource {
  readonly pattern: string;
  /** The query to read instead of `landing('…')`; its last columns are `_file` and `_row`. */
  readonly select: string;
  readonly columns: readonly ResultColumn[];
  /** `written`: there was none, the first look made it. */
  readonly contract: ContractReference & { readonly written: boolean };
  /** What {@link setApart} found, of the source that it returned; `select` gives the other records. */
  readonly rejects?: Rejects;
  /**
   * Whether records do not fit, as far as earlier runs know: `some` do not, `none`, or nobody looked at all of
   * them. Where some do not, {@link setApart} comes first: reading strictly would only fail.
   */
  readonly knownRejects: 'some' | 'none' | 'unknown';
  /**
   * To be awaited after the query ended: what was read. Throws a ProblemError `landing.file` for a file that
   * only seemed to be read well (cut, damaged, ending inside a quote, of mixed line ends), or that changed, or
   * has a record that does not fit and that the engine took silently.
   * @param proof for a query that gave every record with all its columns: then all fit, which is remembered.
   */
  finish(proof?: 'every record was read'): Promise<readonly InputFile[]>;
  /** Stops reading beside the engine, for a query that failed or was cancelled. */
  stop(): void;
  /** Tells whether an error of the query or of {@link finish} may be the fault of single records. */
  isAtFault(error: unknown): boolean;
  /**
   * Looks at every record, and returns the source to read instead: without those that do not fit. Undefined
   * when all fit, or it is already such a source. Throws a ProblemError `landing.file` where it can't be told which records they are, and
   * EngineError.
   */
  setApart(request: RejectRequest): Promise<LandingSource | undefined>;
  /** What the query's error means for a file; undefined when the error is not about these files. */
  explain(error: EngineError): Promise<Problem | undefined>;
  /**
   * For a contract that this source wrote, when a value further down does not have the type proposed: writes
   * VARCHAR for its column and returns the source to try again with. Undefined in every other case.
   */
  widen(error: EngineError): LandingSource | undefined;
}
