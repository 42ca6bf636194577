import { createHash } from 'node:crypto';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import * as v from 'valibot';
import { jsonReason } from '../protocol/jsonReason.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { lineAndColumn } from '../protocol/text.js';
import {
  type Contract,
  type ContractColumn,
  contractSchema,
  typeDescription,
  type WrittenContract,
} from './contractSchema.js';
import { parsePattern } from './pattern.js';

/** The names that `landing()` adds to the columns of a file. */
export const lineageColumns = ['_file', '_row'] as const;

type Path = readonly (string | number)[];

/**
 * Reads a contract; comments and trailing commas are allowed. `file` is its path for people.
 * Throws a ProblemError `landing.contract` with file, line and column.
 */
export function parseContract(text: string, file: string): Contract {
  const body = text.replace(/^\ufeff/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(body, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined || tree === undefined) {
    const isEmpty = first === undefined || body.trim() === '';
    const reason = isEmpty ? 'it is empty' : jsonReason(printParseErrorCode(first.error));
    throw contractError(`${file} is not JSON: ${reason}.`, file, body, first?.offset ?? 0);
  }
  const value: unknown = getNodeValue(tree);
  const fault = schemaFault(value) ?? meaningFault(withDefaults(value as WrittenContract));
  if (fault === undefined) return withDefaults(value as WrittenContract);
  throw contractError(`${file}: ${fault.message}`, file, body, offsetOf(tree, fault.path), fault.hint);
}

/** The `files` of a contract that can't be read otherwise; undefined when not even that can. */
export function filesOfBrokenContract(text: string): string | undefined {
  const tree = parseTree(text.replace(/^\ufeff/, ''));
  const node = tree && findNodeAtLocation(tree, ['files']);
  return node?.type === 'string' ? (node.value as string) : undefined;
}

/** Writes a contract: the same text for the same contract, a line for each column. */
export function printContract(contract: Contract): string {
  const entries = [
    ['format', 1],
    ['files', contract.files],
    ['encoding', contract.encoding],
    ['delimiter', contract.delimiter],
    ['quote', contract.quote],
    ['escape', contract.escape],
    ['header', contract.header],
    ['nullStrings', contract.nullStrings],
    ['dateFormat', contract.dateFormat],
    ['timestampFormat', contract.timestampFormat],
    ['maxRejects', contract.maxRejects],
    ['ignore', contract.ignore],
  ] as const;
  const head = entries
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const columns = contract.columns.map((column) => `    ${printColumn(column)}`);
  return `{\n${head.join('')}  "columns": [\n${columns.join(',\n')}\n  ]\n}\n`;
}

/** A column in one line, as {@link printContract} writes it. */
export function printColumn({ name, type, optional, alsoNamed }: ContractColumn): string {
  const entries = Object.entries({ name, type, optional, alsoNamed }).filter(
    ([, value]) => value !== undefined,
  );
  return `{ ${entries.map(([key, value]) => `"${key}": ${printValue(value)}`).join(', ')} }`;
}

function printValue(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(printValue).join(', ')}]` : JSON.stringify(value);
}

/**
 * A hash of what decides the rows that are read; how the file is laid out and named does not, nor how many
 * records may be rejected: that decides whether they are read at all.
 */
export function contractHash(contract: Contract): string {
  const { encoding, delimiter, quote, header, nullStrings, dateFormat, timestampFormat } = contract;
  const columns = contract.columns.map(({ name, type, optional, alsoNamed }) =>
    optional === undefined && alsoNamed === undefined
      ? [name, type]
      : [name, type, optional ?? false, alsoNamed ?? []],
  );
  const parts = [
    encoding,
    delimiter,
    quote,
    contract.escape,
    header,
    nullStrings,
    dateFormat,
    timestampFormat,
    columns,
    ...(contract.ignore === undefined ? [] : [contract.ignore]),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function withDefaults(written: WrittenContract): Contract {
  const { encoding, delimiter, quote = '"', header, nullStrings, ...rest } = written;
  return {
    files: rest.files,
    encoding: encoding ?? 'utf-8',
    delimiter: delimiter ?? ',',
    quote,
    escape: written.escape ?? quote,
    header: header ?? true,
    nullStrings: [...(nullStrings ?? [''])],
    ...(rest.dateFormat !== undefined && { dateFormat: rest.dateFormat }),
    ...(rest.timestampFormat !== undefined && { timestampFormat: rest.timestampFormat }),
    ...(rest.maxRejects !== undefined && { maxRejects: rest.maxRejects }),
    ...(rest.ignore !== undefined && rest.ignore.length > 0 && { ignore: [...rest.ignore] }),
    columns: rest.columns.map(({ name, type, optional, alsoNamed = [] }) => ({
      name,
      type,
      ...(optional === true && { optional }),
      ...(alsoNamed.length > 0 && { alsoNamed: [...alsoNamed] }),
    })),
  };
}

interface Fault {
  readonly message: string;
  readonly path: Path;
  readonly hint?: string;
}

function schemaFault(value: unknown): Fault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { message: 'it has to be an object.', path: [] };
  }
  const unknown = unknownKey(value);
  if (unknown !== undefined) return unknown;
  const { issues } = v.safeParse(contractSchema, value, { abortEarly: true });
  if (issues === undefined) return undefined;
  const path = (issues[0].path ?? []).map(({ key }) => key as string | number);
  const what = path.length === 0 ? 'it' : `"${path.join('.')}"`;
  return { message: `${what} ${issues[0].message}.`, path, ...hintOf(path) };
}

function unknownKey(value: object): Fault | undefined {
  const known = Object.keys(contractSchema.entries);
  const key = Object.keys(value).find((name) => !known.includes(name));
  if (key === undefined) return undefined;
  return {
    message: `"${key}" is not part of a contract.`,
    path: [key],
    hint: `It can have ${known.join(', ')}.`,
  };
}

function hintOf(path: Path): { hint?: string } {
  if (path.at(-1) === 'type') {
    return { hint: typeDescription };
  }
  return {};
}

/** What a schema can't say. */
function meaningFault(contract: Contract): Fault | undefined {
  return patternFault(contract.files) ?? dialectFault(contract) ?? columnsFault(contract);
}

function patternFault(files: string): Fault | undefined {
  try {
    parsePattern(files);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { message, hint } = error.problem;
    return { message, path: ['files'], ...(hint !== undefined && { hint }) };
  }
}

function dialectFault({ delimiter, quote, escape: escapes }: Contract): Fault | undefined {
  if (delimiter === quote) return { message: 'delimiter and quote are the same.', path: ['quote'] };
  if (delimiter === escapes) return { message: 'delimiter and escape are the same.', path: ['escape'] };
  if ((quote === '') !== (escapes === '')) {
    return { message: 'quote and escape go together: give both or neither.', path: ['escape'] };
  }
  return undefined;
}

function columnsFault(contract: Contract): Fault | undefined {
  return ownNamesFault(contract) ?? fileNamesFault(contract);
}

/** What a name in a header stands for has to be certain. */
function fileNamesFault({ header, columns, ignore = [] }: Contract): Fault | undefined {
  const flexible = columns.findIndex(
    ({ optional, alsoNamed }) => optional !== undefined || alsoNamed !== undefined,
  );
  if (!header && (flexible >= 0 || ignore.length > 0)) {
    const path = flexible >= 0 ? ['columns', flexible] : ['ignore'];
    return {
      message: 'without a header columns go by position: none can be optional, ignored or named otherwise.',
      path,
    };
  }
  const owners = new Map(columns.map(({ name }, index) => [name.toLowerCase(), index]));
  const others = [
    ...columns.flatMap(({ alsoNamed = [] }, column) =>
      alsoNamed.map((name, index) => ({ name, column, path: ['columns', column, 'alsoNamed', index] })),
    ),
    ...ignore.map((name, index) => ({ name, column: -1, path: ['ignore', index] })),
  ];
  for (const { name, column, path } of others) {
    const owner = owners.get(name.toLowerCase());
    if (owner !== undefined && owner !== column)
      return { message: `the name ${name} has two meanings; names compare without case.`, path };
    owners.set(name.toLowerCase(), column);
  }
  return undefined;
}

function ownNamesFault({ columns }: Contract): Fault | undefined {
  const seen = new Set<string>();
  for (const [index, { name, type }] of columns.entries()) {
    const key = name.toLowerCase();
    const path = ['columns', index, 'name'];
    if (lineageColumns.some((lineage) => lineage === key)) {
      const message = `the column ${name} would hide landing()'s own ${key}.`;
      return { message, path, hint: 'Rename the column in the files.' };
    }
    if (seen.has(key))
      return { message: `two columns are called ${name}; names compare without case.`, path };
    seen.add(key);
    const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
    if (Number(scale) > Number(precision)) {
      return { message: `${type} has more decimals than digits.`, path: ['columns', index, 'type'] };
    }
  }
  return undefined;
}

/** Where the value at a path begins; for a key that is not wanted, where the key begins. */
function offsetOf(tree: Node, path: Path): number {
  const node = findNodeAtLocation(tree, [...path]);
  if (node === undefined) return tree.offset;
  const isKnown = path[0] !== undefined && path[0] in contractSchema.entries;
  return path.length === 1 && !isKnown ? (node.parent?.offset ?? node.offset) : node.offset;
}

function contractError(
  message: string,
  file: string,
  text: string,
  offset: number,
  hint?: string,
): ProblemError {
  const place = { file, ...lineAndColumn(text, offset) };
  return new ProblemError(problem('landing.contract', message, { place, ...(hint && { hint }) }));
}
