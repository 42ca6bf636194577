import type { Json } from './json.js';
import type { Layer } from './layer.js';
import type { Problem } from './problem.js';

/** What became of the rows that went into a model. */
export interface RowEquation {
  /** Rows of its source, for a landing the records of its files; absent where that is not known. */
  readonly in?: number;
  readonly out: number;
  /** Rows that `drop` checks took out. */
  readonly quarantined: number;
  /** Rows that a WHERE left out. */
  readonly filtered?: number;
  /** Rows that DISTINCT or QUALIFY left out. */
  readonly deduplicated?: number;
  /** Records of files that fit no row. */
  readonly rejected?: number;
  /** Whether `in` is the sum of all others, as the engine counted them; absent where that can't be told. */
  readonly holds?: boolean;
  /** Why it can't be told, in words: `joins can multiply rows`. */
  readonly unknown?: string;
}

/** The first rows that break a rule; of `unique` keys, with how many rows have them. */
export interface FailingRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as in `TableBlock.rows`; long ones are cut. */
  readonly rows: readonly (readonly Json[])[];
}

/** What a check said of a model's rows. */
export interface CheckOutcome {
  /** As written, without its action. */
  readonly check: string;
  readonly action: 'warn' | 'drop' | 'fail';
  /** How many rows break it; of a rule of the whole table 1 where it does. */
  readonly failures: number;
  /** Of a rule that does not drop. Dropped rows are in the quarantine. */
  readonly failing?: FailingRows;
}

/** A check of a table, as it was last judged and over the runs before. */
export interface CheckQuality {
  /** As written, without its action. */
  readonly check: string;
  readonly action: CheckOutcome['action'];
  /** As of {@link CheckOutcome}, when it was last judged. */
  readonly failures: number;
  /** The run that judged it last. */
  readonly judgedIn: number;
  /** How many rows broke it in each of the table's runs; null where it was not judged, or nobody knows. */
  readonly trend: readonly (number | null)[];
  /** Of a rule of the whole table: what its aggregates gave, as text; null for NULL. */
  readonly found?: readonly { readonly aggregate: string; readonly value: string | null }[];
  /** The first rows that broke it, where its last run kept them. */
  readonly failing?: FailingRows;
}

/** A run that worked on a table: it built it, judged its rows again, or failed to. */
export interface QualityRun {
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly status: 'built' | 'judged' | 'failed';
  /** Why it failed. */
  readonly reason?: string;
  /** Absent for a failed one. */
  readonly rows?: number;
  readonly rejected: number;
  readonly quarantined: number;
}

/** Files of landing that a table is made of. */
export interface SourceQuality {
  readonly pattern: string;
  /** The file of its contract, relative to the project; absent where there is none that can be read. */
  readonly contract?: string;
  /** How many records may be rejected, as the contract says it; absent for none. */
  readonly maxRejects?: number | string;
}

/** What is known of the quality of one table. */
export interface TableQuality {
  /** `layer.name` as its model spells it. */
  readonly name: string;
  readonly layer: Layer;
  /** Absent while nothing of it is published. */
  readonly published?: PublishedQuality;
  readonly checks: readonly CheckQuality[];
  readonly sources: readonly SourceQuality[];
  /** The last ones that worked on it, oldest first. */
  readonly runs: readonly QualityRun[];
}

/** What is current of a table. */
export interface PublishedQuality {
  readonly version: number;
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly rows: number;
  readonly rejected: number;
  readonly quarantined: number;
  /** Absent for versions of older programs. */
  readonly equation?: RowEquation;
}

/** The state of data quality, as `quality --json` prints it and the editor shows it. */
export interface QualityReport {
  readonly version: 1;
  readonly project: string;
  readonly environment: string;
  /** By layer, then by name. Views keep no rows and have no checks. */
  readonly tables: readonly TableQuality[];
}

/** What the checks of today say of one published table. */
export interface JudgedTable {
  /** `layer.name`. */
  readonly name: string;
  readonly version: number;
  /** The run that built its rows. */
  readonly run: number;
  readonly rows: number;
  /** Those that some row breaks, with the first such rows. */
  readonly checks: readonly CheckOutcome[];
  /** The others, as written. */
  readonly passed: readonly string[];
}

/** What `check --json` prints: nothing was built or published. */
export interface CheckReport {
  readonly version: 1;
  readonly tables: readonly JudgedTable[];
  /** Published tables of the selection that have no check. */
  readonly withoutChecks: readonly string[];
  /** Checks that fail or warn, and what can't be judged. */
  readonly problems: readonly Problem[];
}
