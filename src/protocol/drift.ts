/**
 * How the files of one `landing()` differ from their contract: what `ratatouille accept --json` prints and an
 * editor shows. Paths of files are below `data/landing`, with forward slashes.
 */
export interface DriftReport {
  readonly version: 1;
  /** Relative to the project, with forward slashes. */
  readonly contract: string;
  readonly pattern: string;
  /** How many files the pattern has. */
  readonly files: number;
  /** The files with a difference that stops a run. */
  readonly differing: readonly string[];
  readonly differences: readonly DriftDifference[];
}

/** `reordered` stops no run: columns are read by name. */
export type DriftKind = 'added' | 'missing' | 'renamed' | 'reordered' | 'type' | 'encoding' | 'delimiter';

export interface DriftDifference {
  readonly kind: DriftKind;
  /** As the contract calls it; a column that it does not have, as the files do. */
  readonly column?: string;
  /** What a renamed column is called in `files`. */
  readonly newName?: string;
  /** One sentence. */
  readonly message: string;
  readonly files: readonly string[];
  /** What the contract could say from now on, the likeliest first; none where only the files can be corrected. */
  readonly choices: readonly DriftChoice[];
}

export interface DriftChoice {
  /** What it does, for a list of choices. */
  readonly label: string;
  /** What follows the pattern behind `ratatouille accept`; empty for the likeliest. */
  readonly options: readonly string[];
  readonly changes: readonly ContractChange[];
}

/** One change of a contract. */
export type ContractChange =
  /** `optional`: there are files that lack it. */
  | {
      readonly kind: 'add column';
      readonly column: string;
      readonly type: string;
      readonly optional: boolean;
    }
  | { readonly kind: 'make optional'; readonly column: string }
  | { readonly kind: 'add name'; readonly column: string; readonly name: string }
  | { readonly kind: 'ignore'; readonly column: string }
  | { readonly kind: 'set type'; readonly column: string; readonly type: string }
  | { readonly kind: 'set encoding'; readonly encoding: string }
  | { readonly kind: 'set delimiter'; readonly delimiter: string };

export interface AcceptDriftRequest {
  readonly pattern: string;
  readonly changes: readonly ContractChange[];
}

/** What a contract says after changes, and said before. */
export interface ChangedContract {
  /** Relative to the project, with forward slashes. */
  readonly contract: string;
  readonly before: string;
  readonly after: string;
}
