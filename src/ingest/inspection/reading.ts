import type { DelimiterCandidate, FileLayout, Finding, HeaderFacts } from '../../protocol/inspection.js';
import type { Contract, ContractColumn, Dialect } from '../contractSchema.js';
import type { TextEncoding } from './fileText.js';

/** How a file is going to be read to its end, decided from its beginning. */
export interface Reading {
  readonly encoding: TextEncoding;
  /** The length of the byte order mark. */
  readonly mark: number;
  readonly dialect: Dialect;
  readonly decidedBy: FileLayout['decidedBy'];
  readonly candidates: readonly DelimiterCandidate[];
  readonly header: HeaderFacts;
  readonly above: FileLayout['above'];
  /** In the order of the file. */
  readonly columns: readonly ReadColumn[];
  readonly nullStrings: readonly string[];
  readonly formats: Pick<Contract, 'dateFormat' | 'timestampFormat'>;
  /** What `landing()` would write for the file; absent when there is a contract or the file would be refused. */
  readonly proposed?: Contract;
  /** Why `landing()` refuses the file at its first look. */
  readonly refusals: readonly Finding[];
  /** The contract's columns that the file does not have. */
  readonly missing: readonly ContractColumn[];
}

/** A column of the file and the type it is to have; undefined when nobody said. */
export interface ReadColumn {
  readonly name: string;
  readonly type: string | undefined;
  readonly decidedBy: 'contract' | 'first look' | 'best guess';
}

/** A contract with its path, for people. */
export interface GivenContract {
  readonly contract: Contract;
  readonly path: string;
}
