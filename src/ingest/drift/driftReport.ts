import type { DriftDifference, DriftReport } from '../../protocol/drift.js';
import { type ColumnMatch, matchColumns } from '../columnMatch.js';
import type { Contract } from '../contractSchema.js';
import {
  addedColumn,
  missingColumn,
  otherDelimiter,
  otherEncoding,
  otherOrder,
  renamedColumn,
} from './differences.js';
import type { ComparedFile, FileDrift, NamedContract } from './fileDrift.js';
import { likelyRenames } from './likelyRenames.js';
import { commonTypes } from './sampleTypes.js';

/**
 * What the headers of differing files say against their contract, each difference once.
 * @param files how many files the pattern has, with those that do not differ.
 * @param known types of new columns, where more is known than the beginning of the files says.
 */
export function driftReport(
  { contract, path }: NamedContract,
  drifts: readonly FileDrift[],
  files: number,
  known: ReadonlyMap<string, string> = new Map(),
): DriftReport {
  const compared = drifts.map((drift) => ({ ...drift, match: matchColumns(drift.names, contract) }));
  return {
    version: 1,
    contract: path,
    pattern: contract.files,
    files,
    differing: drifts.map(({ file }) => file.path),
    differences: [
      ...layoutDifferences({ contract, path }, compared, files),
      ...(contract.header ? columnDifferences(contract, compared, files, known) : []),
    ],
  };
}

function layoutDifferences(
  named: NamedContract,
  compared: readonly ComparedFile[],
  files: number,
): readonly DriftDifference[] {
  const encodings = grouped(compared, ({ encoding }) => (encoding === undefined ? [] : [encoding]));
  const delimiters = grouped(compared, ({ delimiter }) => (delimiter === undefined ? [] : [delimiter]));
  return [
    ...[...encodings].map(([encoding, found]) => otherEncoding(named, encoding, found, files)),
    ...[...delimiters].map(([delimiter, found]) => otherDelimiter(named, delimiter, found, files)),
  ];
}

function columnDifferences(
  contract: Contract,
  compared: readonly ComparedFile[],
  files: number,
  known: ReadonlyMap<string, string>,
): readonly DriftDifference[] {
  const types = new Map([...commonTypes(compared, contract), ...known]);
  const renames = likelyRenames(contract, compared, types);
  const added = grouped(compared, ({ match }) => match.extra);
  const isRenamedIn = ({ match }: ComparedFile, column: string) =>
    match.extra.some((name) => renames.get(name) === column);
  const missing = grouped(compared, (file) =>
    file.match.missing.map(({ name }) => name).filter((name) => !isRenamedIn(file, name)),
  );
  const reordered = compared.filter(({ match }) => isReordered(match, contract)).map(pathOf);
  return [
    ...[...added].map(([name, found]) => {
      const column = { name, type: types.get(name) ?? 'VARCHAR', optional: found.length < files };
      const before = renames.get(name);
      return before === undefined ? addedColumn(column, found) : renamedColumn(before, column, found);
    }),
    ...[...missing].map(([column, found]) => missingColumn(column, found)),
    ...(reordered.length === 0 ? [] : [otherOrder(reordered)]),
  ];
}

function isReordered({ order }: ColumnMatch, { columns }: Contract): boolean {
  const present = columns.map(({ name }) => name).filter((name) => order.includes(name));
  return order.filter((name) => present.includes(name)).some((name, index) => name !== present[index]);
}

/** The shown paths of the files that have each of some things. */
function grouped(
  compared: readonly ComparedFile[],
  thingsOf: (file: ComparedFile) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const file of compared) {
    for (const thing of thingsOf(file)) groups.set(thing, [...(groups.get(thing) ?? []), pathOf(file)]);
  }
  return groups;
}

function pathOf({ file }: ComparedFile): string {
  return file.path;
}
