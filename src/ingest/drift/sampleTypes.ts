import type { Contract } from '../contractSchema.js';
import { readRecords } from '../records.js';
import { ColumnTypeFinder } from '../valueType.js';
import type { FileDrift } from './fileDrift.js';

/** The narrowest type of each name's values at the beginning of the files that have it. */
export function commonTypes(files: readonly FileDrift[], contract: Contract): ReadonlyMap<string, string> {
  const finders = new Map<string, ColumnTypeFinder>();
  for (const file of files) {
    for (const [name, value] of valuesOf(file, contract)) {
      const finder = finders.get(name) ?? new ColumnTypeFinder();
      finders.set(name, finder);
      finder.add(value);
    }
  }
  return new Map([...finders].map(([name, finder]) => [name, finder.type]));
}

/** Values that are not NULL, with the names that the file has for them. */
function* valuesOf(
  { names, sample, delimiter }: FileDrift,
  contract: Contract,
): Generator<readonly [string, string]> {
  const dialect = { ...contract, ...(delimiter !== undefined && { delimiter }) };
  let isHeader = true;
  for (const { fields } of readRecords(sample.text, dialect, sample.complete)) {
    const isRow = !isHeader && fields.length === names.length;
    isHeader = false;
    for (const [index, value] of isRow ? fields.entries() : []) {
      if (!contract.nullStrings.includes(value)) yield [names[index] ?? '', value];
    }
  }
}
