import type { Layer } from './layer.js';
import type { Problem } from './problem.js';
import type { RunRecord, StandingWarnings } from './run.js';

/** How a table of the lake stands to the notebooks and to the files that made it. */
export type TableState =
  /** A run would skip it. */
  | 'fresh'
  /** A run would build it again. */
  | 'stale'
  /** A model exists, a version does not. */
  | 'never built'
  /** A version exists, a model does not. */
  | 'orphaned'
  /** A version exists; whether a model does can't be told while a notebook can't be read. */
  | 'unknown'
  /** A file of the current version is missing or is not what was published. */
  | 'damaged'
  /** Another program wrote to the plain file; the version is whole, and the next run restores it. */
  | 'changed from outside';

export interface TableStatus {
  /** `layer.name` as its model spells it. */
  readonly name: string;
  readonly layer: Layer;
  readonly form: 'table' | 'view';
  readonly state: TableState;
  /** Why, in words a person can act on: `its SQL changed`, `unchanged since run 41`. */
  readonly reason: string;
  readonly rows?: number;
  /** Records of landing files that did not fit their contract when it was built; absent for none. */
  readonly rejected?: number;
  readonly bytes?: number;
  readonly version?: number;
  /** The run that made the current version. */
  readonly run?: number;
  /** Absent where no check warns. */
  readonly standing?: StandingWarnings;
  /** ISO 8601, UTC. */
  readonly publishedAt?: string;
  /** The plain file or folder, relative to the project, with forward slashes; absent for a view. */
  readonly path?: string;
  /** Relative to the project; absent where no model is known. */
  readonly notebook?: string;
  /** The cell's number in its notebook, from 1; absent where no model is known. */
  readonly cell?: number;
}

export interface LandingFileStatus {
  /** Relative to `data/landing`, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

/** The lake at one moment, as `status --json` prints it. */
export interface StatusReport {
  readonly format: 1;
  readonly project: string;
  readonly environment: string;
  /** The manifest's number; 0 before the first commit. */
  readonly generation: number;
  readonly tables: readonly TableStatus[];
  readonly landing: readonly LandingFileStatus[];
  /** Absent before the first run. */
  readonly lastRun?: RunRecord;
  /** Who holds the environment's writer lease now, in words; absent while nobody writes. */
  readonly writer?: string;
  /** What keeps a table from being judged or read, as a notebook that can't be read. */
  readonly problems: readonly Problem[];
}

export interface CleanedItem {
  /** Its files stay for a while, so that it can be restored. */
  readonly kind: 'orphaned table';
  /** `layer.name`. */
  readonly name: string;
}

/** What `clean` removed, or with `dryRun` would remove. */
export interface CleanReport {
  readonly format: 1;
  readonly dryRun: boolean;
  readonly items: readonly CleanedItem[];
  readonly problems: readonly Problem[];
}
