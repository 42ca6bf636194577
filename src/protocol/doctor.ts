import type { Place } from './problem.js';

/** What `doctor` looks at. */
export type FindingKind =
  | 'settings'
  | 'notebook'
  | 'contract'
  | 'landing'
  | 'folder'
  | 'clock'
  | 'newest manifest'
  | 'earlier manifest'
  | 'current version'
  | 'earlier version'
  | 'quarantine'
  | 'rejects'
  | 'version record'
  | 'unnamed version'
  | 'plain name'
  | 'unfinished run'
  | 'lease'
  | 'run record';

/** One thing that `doctor` found. */
export interface Finding {
  readonly kind: FindingKind;
  /** `note`: worth knowing, and nothing is wrong. */
  readonly weight: 'fault' | 'note';
  /** `layer.name`, where it is about a table. */
  readonly table?: string;
  readonly place?: Place;
  /** What was found, as one sentence. */
  readonly message: string;
  /** What it means for the data and the next run, as one sentence. */
  readonly meaning: string;
  /** What `doctor --repair` does about it, as one sentence; absent where only a person can do something. */
  readonly repair?: string;
  /** What a person can do. */
  readonly hint?: string;
}

/** What a repair took out of the way; nothing is deleted. Both relative to the project, with forward slashes. */
export interface SetAside {
  readonly from: string;
  readonly to: string;
}

/** What `doctor` found, as it prints it with `--json`. */
export interface DoctorReport {
  readonly format: 1;
  /** Absolute. */
  readonly root: string;
  readonly environment: string;
  /** The newest generation that can be read; 0 before the first commit, absent where none can. */
  readonly generation?: number;
  /** The files of versions whose bytes were compared with what was published; 0 with `--quick`. */
  readonly read: { readonly files: number; readonly bytes: number };
  /** Only with `--repair`: what was found before and is well now. */
  readonly repaired?: readonly Finding[];
  /** What is so now. */
  readonly findings: readonly Finding[];
  readonly setAside: readonly SetAside[];
}
