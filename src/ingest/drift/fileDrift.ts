import type { ColumnMatch } from '../columnMatch.js';
import type { Contract, Encoding } from '../contractSchema.js';
import type { LandingFile } from '../landingFiles.js';

/** A contract and its path, for people. */
export interface NamedContract {
  readonly contract: Contract;
  readonly path: string;
}

/** A file with a header that differs from its contract. */
export interface FileDrift {
  readonly file: LandingFile;
  /** In its header, in their order. */
  readonly names: readonly string[];
  /** Its beginning, or all of it. */
  readonly sample: { readonly text: string; readonly complete: boolean };
  /** Where it is not the contract's. */
  readonly encoding?: Encoding;
  readonly delimiter?: string;
}

/** A file that differs, with what its header has of the contract. */
export interface ComparedFile extends FileDrift {
  readonly match: ColumnMatch;
}
