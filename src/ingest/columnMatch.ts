import type { Contract, ContractColumn } from './contractSchema.js';

/** A file's header held against the columns of its contract. */
export interface ColumnMatch {
  /** The file's columns that the contract knows, by its names for them; those it ignores by their own. */
  readonly order: readonly string[];
  /** The contract's columns that the file has to have and does not. */
  readonly missing: readonly ContractColumn[];
  /** Names that the contract does not know. */
  readonly extra: readonly string[];
  /** Two names of the file that are one column of the contract. */
  readonly double?: readonly [string, string];
  /** The file can be read by the contract. */
  readonly fits: boolean;
}

/** Compares the names of a header with a contract; they compare with their case. */
export function matchColumns(names: readonly string[], contract: Contract): ColumnMatch {
  const own = ownNames(contract);
  const found = new Map<string, string>();
  const extra: string[] = [];
  let double: readonly [string, string] | undefined;
  for (const name of names) {
    const column = own.get(name);
    const before = column === undefined ? undefined : found.get(column);
    if (before !== undefined) double ??= [before, name];
    if (column === undefined) extra.push(name);
    else found.set(column, name);
  }
  const missing = contract.columns.filter(({ name, optional }) => !found.has(name) && optional !== true);
  const fits = missing.length === 0 && extra.length === 0 && double === undefined;
  return { order: [...found.keys()], missing, extra, ...(double && { double }), fits };
}

/** What each name that a header may have is called in the contract. */
function ownNames({ columns, ignore = [] }: Contract): ReadonlyMap<string, string> {
  return new Map([
    ...ignore.map((name) => [name, name] as const),
    ...columns.flatMap(({ name, alsoNamed = [] }) => alsoNamed.map((other) => [other, name] as const)),
    ...columns.map(({ name }) => [name, name] as const),
  ]);
}
