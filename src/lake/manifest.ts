import type { RowEquation } from '../protocol/quality.js';
import type { ResultColumn } from '../protocol/result.js';

/** One generation of an environment: which version of each table is current. Immutable once written. */
export interface Manifest {
  readonly format: 1;
  readonly environment: string;
  /** From 1; 0 is the empty lake, which has no file. */
  readonly generation: number;
  /** ISO 8601, UTC. */
  readonly committedAt: string;
  /** The run that committed it. */
  readonly run: number;
  /** By `layer.name`, in lower case. */
  readonly tables: Readonly<Record<string, TableEntry>>;
}

/** A current table, or a view, with all that anybody asks about it without a query. */
export interface TableEntry {
  /** `layer.name` as its model spells it. */
  readonly name: string;
  readonly form: 'table' | 'view';
  readonly version: TableVersion;
  /** Earlier versions whose files are still on disk, the one that was current last first. */
  readonly earlier: readonly KeptVersion[];
  /** The highest number that a version of it ever had, kept or not; older manifests do not say it. */
  readonly lastVersion?: number;
  readonly description?: string;
  readonly owner?: string;
  readonly tags: readonly string[];
  /** Descriptions by column name. */
  readonly columnDescriptions: Readonly<Record<string, string>>;
  readonly notebook: string;
  /** The cell's number in its notebook, from 1. */
  readonly cell: number;
}

/** A current version, with what decides that it is up to date. */
export interface TableVersion extends KeptVersion, VersionRecord {}

/** What must be known of a version to read it and to keep it: little, since a manifest has it of many. */
export interface KeptVersion {
  /** Counts the table's versions from 1. */
  readonly version: number;
  /** Folder name under `.ratatouille/versions/<layer>/<table>/`; absent for a view. */
  readonly directory?: string;
  /** What stands under `data/<layer>/`: one `<table>.parquet` or a folder `<table>`; absent for a view. */
  readonly plain?: PlainForm;
  readonly files: readonly VersionFile[];
  /** Rows that `drop` checks took out, kept under `.ratatouille/quarantine/<layer>/<table>/<directory>/`. */
  readonly quarantine: readonly VersionFile[];
  /** Records of landing files that did not fit their contract; absent for none. */
  readonly rejects?: KeptRejects;
  readonly rows: number;
  readonly bytes: number;
  readonly run: number;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  /** What was found wrong with its files by reading them: nobody reads it any more, and its table is built again. */
  readonly damaged?: string;
}

/** The rest of what is known of a version. An earlier one has it in a file of its own, beside its folder. */
export interface VersionRecord {
  readonly columns: readonly (ResultColumn & { readonly storedAs?: string })[];
  readonly fingerprint: Fingerprint;
  /** The model's SELECT as it ran. */
  readonly sql: string;
  readonly inputs: readonly VersionInput[];
  readonly checks: readonly CheckResult[];
  /** What became of the rows that went into it; versions of older programs do not say it. */
  readonly equation?: RowEquation;
  /** The run whose judgement `checks` is; absent where that is the run that built the rows. */
  readonly judgedIn?: number;
}

export type PlainForm = 'file' | 'directory';

/** Rejected records, kept under `.ratatouille/rejects/<layer>/<table>/<directory>/`. */
export interface KeptRejects {
  /** How many records: each has a row in the files for each thing that is wrong with it. */
  readonly records: number;
  readonly files: readonly VersionFile[];
}

export interface VersionFile {
  /** Name inside the version's folder, with forward slashes. */
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  /** When it was last written, in whole milliseconds since 1970: a later write is damage. */
  readonly modifiedMs: number;
  /** Its inode when it was published. Another one means a copied project, whose times say nothing. */
  readonly inode: number;
  /** The SHA-256 of its content; older manifests do not say it. */
  readonly sha256?: string;
}

/**
 * What decides that a table is up to date, kept in parts so that a plan can say which one changed.
 * Each is a hash, or a readable text where it is short.
 */
export interface Fingerprint {
  readonly sql: string;
  readonly session: string;
  readonly inputs: string;
  readonly contracts: string;
  readonly checks: string;
  readonly engine: string;
}

export type VersionInput =
  /** A dropped table counts its versions from 1 again, so the run belongs to what names a version. */
  | { readonly kind: 'table'; readonly name: string; readonly version: number; readonly run: number }
  | { readonly kind: 'landing'; readonly pattern: string; readonly files: readonly InputFile[] }
  | { readonly kind: 'file'; readonly path: string; readonly sha256: string };

export interface InputFile {
  /** Relative to `data/landing`, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  /** How many of its records do not fit its contract; absent for none. */
  readonly rejected?: number;
}

export interface CheckResult {
  /** The check as written, without its action. */
  readonly check: string;
  readonly action: 'warn' | 'drop' | 'fail';
  /**
   * Rows for which it is false; for `unique`, rows beyond the first of each key; for a rule of the whole table 1
   * where it is false.
   */
  readonly failures: number;
  /** Of a rule of the whole table: what its aggregates gave. */
  readonly found?: readonly AggregateFound[];
}

/** One aggregate of a rule and its value as text; null for NULL. */
export interface AggregateFound {
  /** As `sum(amount)`. */
  readonly aggregate: string;
  readonly value: string | null;
}
