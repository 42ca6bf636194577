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
import { ProblemError, problem } from '../protocol/problem.js';
import { lineAndColumn } from '../protocol/text.js';
import { type Contract, contractSchema, typeDescription, type WrittenContract } from './contractSchema.js';
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
    const reason = first === undefined ? 'it is empty' : printParseErrorCode(first.error);
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
  ] as const;
  const head = entries
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`);
  const columns = contract.columns.map(
    ({ name, type }) => `    { "name": ${JSON.stringify(name)}, "type": ${JSON.stringify(type)} }`,
  );
  return `{\n${head.join('')}  "columns": [\n${columns.join(',\n')}\n  ]\n}\n`;
}

/** A hash of what decides the rows that are read; how the file is laid out and named does not. */
export function contractHash(contract: Contract): string {
  const { encoding, delimiter, quote, header, nullStrings, dateFormat, timestampFormat } = contract;
  const columns = contract.columns.map(({ name, type }) => [name, type]);
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
    columns: rest.columns.map(({ name, type }) => ({ name, type })),
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

function columnsFault({ columns }: Contract): Fault | undefined {
  const seen = new Set<string>();
  for (const [index, { name, type }] of columns.entries()) {
    const key = name.toLowerCase();
    const path = ['columns', index, 'name'];
    if (lineageColumns.some((lineage) => lineage === key)) {
      return { message: `the column ${name} would hide landing()'s own ${key}.`, path };
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
