import type { Problem } from './problem.js';
import type { PlanEntry } from './run.js';

/** A version of a table whose files are still on disk. */
export interface KeptTableVersion {
  readonly version: number;
  readonly rows: number;
  readonly bytes: number;
  /** The run that made it. */
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  /** What readers see now; never so for a table that is gone. */
  readonly current: boolean;
}

/** A table of which something can be restored. */
export interface KeptTable {
  /** `layer.name` as its model spelt it. */
  readonly name: string;
  readonly form: 'table' | 'view';
  /** The lake no longer has it. */
  readonly removed: boolean;
  /** The one that was current last first. */
  readonly versions: readonly KeptTableVersion[];
}

/** What `restore --list` prints with `--json`. */
export interface KeptTablesReport {
  readonly format: 1;
  readonly tables: readonly KeptTable[];
  /** Warnings: what may have more that could be restored, and can't be read. */
  readonly problems: readonly Problem[];
}

/** What the next run will do with a table; `orphan` for one that no notebook builds. */
export interface NextRun {
  readonly action: PlanEntry['action'] | 'orphan';
  /** In words a person can act on. */
  readonly reason: string;
}

/** What `restore` did. */
export interface RestoreReport {
  readonly format: 1;
  /** The run that its record is kept under. */
  readonly run: number;
  /** `layer.name`. */
  readonly table: string;
  readonly form: 'table' | 'view';
  readonly version: number;
  readonly rows: number;
  /** The version that was current before and is still kept; absent for a table that had been removed, or a view. */
  readonly replaced?: number;
  /** Absent while a notebook that can't be read may hold its model, and where the plan failed. */
  readonly next?: NextRun;
  readonly problems: readonly Problem[];
}

/** What `rename` did. */
export interface RenameReport {
  readonly format: 1;
  /** The run that its record is kept under. */
  readonly run: number;
  readonly from: string;
  readonly to: string;
  /** All versions that it took along, the current one first. */
  readonly versions: readonly number[];
  readonly next?: NextRun;
  readonly problems: readonly Problem[];
}
