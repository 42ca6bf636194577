import type { ContractChange, DriftChoice, DriftDifference } from '../../protocol/drift.js';
import { delimiterName } from '../dialect.js';
import { excerpt } from '../fileProblem.js';
import type { NamedContract } from './fileDrift.js';
import { namedFiles } from './namedFiles.js';
import type { TypeDrift } from './typeDrift.js';

/** A column as an accepted contract would have it. */
interface NewColumn {
  readonly name: string;
  readonly type: string;
  /** Not all files have it. */
  readonly optional: boolean;
}

/** A column that the contract does not have. */
export function addedColumn(column: NewColumn, files: readonly string[]): DriftDifference {
  const { name, type, optional } = column;
  const others = optional ? '; it is empty for the other files' : '';
  return {
    kind: 'added',
    column: name,
    message: `The column ${excerpt(name)} is new, of type ${type}, in ${namedFiles(files)}.`,
    files,
    choices: [
      choice(`Add ${excerpt(name)} ${type} to the contract${others}`, [], [addition(column)]),
      choice(`Do not read ${excerpt(name)}`, ['--ignore', name], [{ kind: 'ignore', column: name }]),
    ],
  };
}

/** A column of the contract that files lack. */
export function missingColumn(column: string, files: readonly string[]): DriftDifference {
  return {
    kind: 'missing',
    column,
    message: `The column ${excerpt(column)} is missing in ${namedFiles(files)}.`,
    files,
    choices: [choice(`Let files lack ${excerpt(column)}; it is empty for them`, [], [lacking(column)])],
  };
}

/** A column that seems to have a new name. */
export function renamedColumn(column: string, now: NewColumn, files: readonly string[]): DriftDifference {
  const { name } = now;
  const [before, after] = [excerpt(column), excerpt(name)];
  return {
    kind: 'renamed',
    column,
    newName: name,
    message: `The column ${before} is missing, and ${after} is new: it is probably ${before} under another name, in ${namedFiles(files)}.`,
    files,
    choices: [
      choice(
        `Read ${after} as ${before}; the lake keeps the name ${before}`,
        [],
        [{ kind: 'add name', column, name }],
      ),
      choice(
        `Take ${after} for a new column; files may lack ${before}`,
        ['--new', name],
        [addition(now), lacking(column)],
      ),
      choice(
        `Do not read ${after}; files may lack ${before}`,
        ['--ignore', name],
        [{ kind: 'ignore', column: name }, lacking(column)],
      ),
    ],
  };
}

/** Tells only: columns are read by name. */
export function otherOrder(files: readonly string[]): DriftDifference {
  const message = `The columns stand in another order in ${namedFiles(files)}; they are read by name.`;
  return { kind: 'reordered', message, files, choices: [] };
}

/** A column whose values do not have its type any more. */
export function otherType({ path }: NamedContract, drift: TypeDrift): DriftDifference {
  const { name, newType: type, files } = drift;
  return {
    kind: 'type',
    column: name,
    message: `The values of ${excerpt(name)} are ${type}, no ${drift.type} as ${path} says, in ${namedFiles(files)}.`,
    files,
    choices: [
      choice(`Read ${excerpt(name)} as ${type} from now on`, [], [{ kind: 'set type', column: name, type }]),
      ...(type === 'VARCHAR'
        ? []
        : [
            choice(
              `Read ${excerpt(name)} as VARCHAR from now on`,
              ['--cast', `${name}=VARCHAR`],
              [{ kind: 'set type', column: name, type: 'VARCHAR' }],
            ),
          ]),
    ],
  };
}

/** Files in another encoding; a contract has one. */
export function otherEncoding(
  { contract, path }: NamedContract,
  encoding: string,
  files: readonly string[],
  all: number,
): DriftDifference {
  return {
    kind: 'encoding',
    message: `${namedFiles(files)} ${isOrAre(files)} ${encoding} where ${path} says ${contract.encoding}.`,
    files,
    choices:
      files.length === all
        ? [choice(`Read the files as ${encoding} from now on`, [], [{ kind: 'set encoding', encoding }])]
        : [],
  };
}

/** Files with another delimiter; a contract has one. */
export function otherDelimiter(
  { contract, path }: NamedContract,
  delimiter: string,
  files: readonly string[],
  all: number,
): DriftDifference {
  const said = delimiterWords[contract.delimiter] ?? { one: contract.delimiter };
  const found = delimiterWords[delimiter]?.many ?? delimiter;
  return {
    kind: 'delimiter',
    message: `${namedFiles(files)} ${isOrAre(files)} separated by ${found} where ${path} says ${said.one}.`,
    files,
    choices:
      files.length === all
        ? [
            choice(
              `Read ${delimiterName(delimiter)} as the delimiter from now on`,
              [],
              [{ kind: 'set delimiter', delimiter }],
            ),
          ]
        : [],
  };
}

const delimiterWords: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  ',': { one: 'comma', many: 'commas' },
  ';': { one: 'semicolon', many: 'semicolons' },
  '\t': { one: 'tab', many: 'tabs' },
};

function choice(label: string, options: readonly string[], changes: readonly ContractChange[]): DriftChoice {
  return { label, options, changes };
}

function addition({ name, type, optional }: NewColumn): ContractChange {
  return { kind: 'add column', column: name, type, optional };
}

function lacking(column: string): ContractChange {
  return { kind: 'make optional', column };
}

function isOrAre(files: readonly string[]): string {
  return files.length === 1 ? 'is' : 'are';
}
