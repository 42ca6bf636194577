import type { EngineError } from '../engine/engine.js';
import type { InputFile } from '../lake/manifest.js';
import type { Problem } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';

export interface ContractReference {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** Of what decides the rows. */
  readonly hash: string;
}

/** One `landing('…')` that a model is about to read. */
export interface LandingSource {
  readonly pattern: string;
  /** The query to read instead of `landing('…')`; its last columns are `_file` and `_row`. */
  readonly select: string;
  readonly columns: readonly ResultColumn[];
  /** `written`: there was none, the first look made it. */
  readonly contract: ContractReference & { readonly written: boolean };
  /**
   * To be awaited after the query ended: what was read. Throws a ProblemError `landing.file` for a file that
   * only seemed to be read well (cut, damaged, ending inside a quote, of mixed line ends), or that changed.
   */
  finish(): Promise<readonly InputFile[]>;
  /** Stops reading beside the engine, for a query that failed or was cancelled. */
  stop(): void;
  /** What the query's error means for a file; undefined when the error is not about these files. */
  explain(error: EngineError): Promise<Problem | undefined>;
  /**
   * For a contract that this source wrote, when a value further down does not have the type proposed: writes
   * VARCHAR for its column and returns the source to try again with. Undefined in every other case.
   */
  widen(error: EngineError): LandingSource | undefined;
}
