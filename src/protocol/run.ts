import type { Problem } from './problem.js';
import type { CheckOutcome, RowEquation } from './quality.js';

/** What a plan says of one model, before anything runs. */
export interface PlanEntry {
  /** `layer.name`. */
  readonly model: string;
  readonly form: 'table' | 'view';
  readonly action: 'build' | 'skip' | 'judge' | 'blocked';
  /** In words a person can act on: `its SQL changed`, `unchanged since run 41`, `bronze.sales is rebuilt`. */
  readonly reason: string;
  /** Of a table that was never built: the orphan that it may be under its old name. */
  readonly renames?: string;
  readonly notebook: string;
  readonly cell: number;
  /** Direct inputs: models as `layer.name`, landing patterns as `landing('…')`. */
  readonly inputs: readonly string[];
  readonly problems: readonly Problem[];
}

/** The plan of a selection, in an order in which it can run. */
export interface PlanReport {
  readonly entries: readonly PlanEntry[];
  /** Published tables that no model builds any more. */
  readonly orphans: readonly string[];
  /** What concerns no single model, as a notebook that can't be read. */
  readonly problems: readonly Problem[];
}

/** What checks said of the published rows, and would say again. */
export interface StandingWarnings {
  /** How many checks warn. */
  readonly warnings: number;
  /** The run that judged the rows so: the one that built them, or a later one that judged them again. */
  readonly sinceRun: number;
}

/** How a model ended in a run. */
export interface ModelOutcome {
  readonly model: string;
  readonly form: 'table' | 'view';
  readonly status: 'built' | 'skipped' | 'judged' | 'failed' | 'blocked' | 'cancelled';
  readonly reason: string;
  readonly version?: number;
  readonly rows?: number;
  readonly rowsIn?: number;
  readonly dropped?: number;
  /** Records of landing files that did not fit their contract; of a failed model at least so many. Absent for none. */
  readonly rejected?: number;
  readonly bytes?: number;
  /** Of a table that was built. */
  readonly equation?: RowEquation;
  /** Of a table that was built or judged, or failed by them: those that some row breaks. */
  readonly checks?: readonly CheckOutcome[];
  /** The checks that no row breaks, as written; older records do not say it. With `checks` all that were judged. */
  readonly passed?: readonly string[];
  /** Of a skipped model; absent where no check warns. A model that was built has its warnings in `problems`. */
  readonly standing?: StandingWarnings;
  readonly elapsedMs: number;
  readonly problems: readonly Problem[];
}

/** One run, as it is kept and as `--json` prints it. */
export interface RunRecord {
  readonly format: 1;
  readonly run: number;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  /** `interrupted`: it was killed, or its machine went down, before it could say how it ended. */
  readonly status: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  readonly selection: readonly string[];
  readonly models: readonly ModelOutcome[];
  readonly problems: readonly Problem[];
}

/** What a run tells while it goes on, in order. */
export type RunEvent =
  | { readonly kind: 'waiting'; readonly holder: string }
  | { readonly kind: 'planned'; readonly plan: PlanReport }
  | { readonly kind: 'model started'; readonly model: string }
  | { readonly kind: 'model progress'; readonly model: string; readonly share: number }
  | { readonly kind: 'model finished'; readonly outcome: ModelOutcome }
  | { readonly kind: 'finished'; readonly record: RunRecord };
