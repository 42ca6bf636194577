import { isAscii } from 'node:buffer';
import type { FileLayout, Finding, HeaderFacts } from '../../protocol/inspection.js';
import { ProblemError } from '../../protocol/problem.js';
import { matchColumns } from '../columnMatch.js';
import type { Contract, Dialect } from '../contractSchema.js';
import { excerpt, shownPath } from '../fileProblem.js';
import { proposeContract } from '../firstLook.js';
import { scanProposed } from '../firstScan.js';
import { readHeader } from '../header.js';
import type { LandingFile } from '../landingFiles.js';
import type { CsvRecord } from '../records.js';
import { looksLikeValue } from '../valueType.js';
import { candidatesOf, isSeparatorLine, likeliestDialect, tolerantRecords } from './delimiters.js';
import { markLength, type TextEncoding, textOf } from './fileText.js';
import type { GivenContract, ReadColumn, Reading } from './reading.js';

const mostAbove = 20;

/** The beginning of a file, which is text. */
export interface Beginning {
  readonly bytes: Buffer;
  readonly encoding: TextEncoding;
}

/**
 * Decides how a file is read: by its contract, or as the first look of `landing()` reads it. A file that these
 * refuse is read by the likeliest layout, so that everything that is wrong with it can be told at once.
 */
export async function findReading(
  file: LandingFile,
  { bytes, encoding }: Beginning,
  pattern: string,
  given: GivenContract | undefined,
): Promise<Reading> {
  const text = textOf(bytes, encoding);
  // ASCII reads the same in both, and a later byte decides for the contract.
  const isLatin = given?.contract.encoding === 'latin-1' && encoding === 'utf-8' && isAscii(bytes);
  const mark = markLength(bytes, encoding);
  const { proposed, refusals } =
    given === undefined ? await firstLook(file, pattern) : await underContract(file, given);
  const known = given === undefined ? proposed : given.contract;
  const layout = layoutOf(text, known, refusals.length === 0, given);
  const candidates = candidatesOf(text, layout.dialect);
  const source = given === undefined ? 'first look' : 'contract';
  return {
    ...{ encoding: isLatin ? 'latin-1' : encoding, mark, candidates, refusals },
    ...layout,
    columns: columnsOf(layout.header.names, known, source),
    nullStrings: given?.contract.nullStrings ?? [''],
    formats: given?.contract ?? {},
    ...(proposed !== undefined && { proposed }),
    missing: given === undefined ? [] : matchColumns(layout.header.names, given.contract).missing,
  };
}

interface FirstLook {
  readonly proposed?: Contract;
  readonly refusals: readonly Finding[];
}

async function firstLook(file: LandingFile, pattern: string): Promise<FirstLook> {
  let proposed: Contract | undefined;
  try {
    proposed = await proposeContract(pattern, [file]);
    await scanProposed([file], proposed, 'the contract that it would have');
    return { proposed, refusals: [] };
  } catch (error) {
    const refusals = [refusalOf(file, error)];
    // What only the scan refuses does not make the layout less certain.
    return proposed === undefined ? { refusals } : { proposed, refusals };
  }
}

async function underContract(file: LandingFile, { contract, path }: GivenContract): Promise<FirstLook> {
  try {
    await readHeader(file, contract, path);
    return { refusals: [] };
  } catch (error) {
    return { refusals: [refusalOf(file, error)] };
  }
}

/** What `landing()` says of a file, about “the file”. */
export function refusalOf(file: LandingFile, error: unknown): Finding {
  if (!(error instanceof ProblemError)) throw error;
  const { code, message, hint, place } = error.problem;
  if (code === 'sql.cancelled') throw error;
  const shown = shownPath(file.path);
  return {
    effect: 'stops',
    message: message.replace(shown, 'The file').replaceAll(shown, 'the file'),
    ...(hint !== undefined && { hint: hint.replace(' and put that file into data/landing', '') }),
    ...(place?.line !== undefined && { line: place.line }),
  };
}

type Layout = Pick<Reading, 'dialect' | 'decidedBy' | 'header' | 'above'>;

function layoutOf(
  text: string,
  known: Contract | undefined,
  isCertain: boolean,
  given: GivenContract | undefined,
): Layout {
  if (known !== undefined && (isCertain || given === undefined || hasItsNames(text, known)))
    return knownLayout(text, known, given);
  const dialect = likeliestDialect(candidatesOf(text, undefined));
  return { dialect, decidedBy: 'best guess', ...guessedHeader(text, dialect) };
}

/** A file that a contract refuses is still read by it where a line has most of its columns. */
function hasItsNames(text: string, contract: Contract): boolean {
  return headerUnder(text, contract) !== undefined;
}

function headerUnder(text: string, contract: Contract): CsvRecord | undefined {
  return firstRecords(text, contract).find(({ fields }) => {
    const names = fields.map((field) => field.trim());
    const { order } = matchColumns(names, contract);
    return order.length * 2 >= Math.min(contract.columns.length, fields.length) && order.length > 0;
  });
}

function knownLayout(text: string, known: Contract, given: GivenContract | undefined): Layout {
  const { delimiter, quote, escape: escapes } = known;
  const dialect = { delimiter, quote, escape: escapes };
  const decidedBy = given === undefined ? 'first look' : 'contract';
  if (!known.header) return { dialect, decidedBy, header: headerOf(undefined, known), above: [] };
  const records = firstRecords(text, dialect);
  const header = headerUnder(text, known) ?? records[0];
  return { dialect, decidedBy, header: headerOf(header, known), above: linesAbove(records, header) };
}

function guessedHeader(text: string, dialect: Dialect): Pick<Layout, 'header' | 'above'> {
  const records = firstRecords(text, dialect);
  const width = candidatesOf(text, dialect)[0]?.fields ?? 1;
  const isWide = ({ fields, text: own }: CsvRecord) =>
    fields.length === width && !isMostlyBlank(fields) && !isSeparatorLine(own);
  const header = records.find(isWide) ?? records.find(({ text: own }) => own.trim() !== '');
  const isNamed = header !== undefined && !header.fields.some((field) => looksLikeValue(field.trim()));
  if (isNamed) return { header: headerOf(header), above: linesAbove(records, header) };
  const columns = Array.from({ length: width }, (_, index) => ({
    name: `column ${index + 1}`,
    type: 'VARCHAR',
  }));
  return { header: headerOf(undefined, { columns }), above: linesAbove(records, header) };
}

function firstRecords(text: string, dialect: Dialect): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  for (const record of tolerantRecords(text, dialect)) {
    if (record.line > mostAbove) break;
    records.push(record);
  }
  return records;
}

function linesAbove(records: readonly CsvRecord[], header: CsvRecord | undefined): FileLayout['above'] {
  return records
    .filter(({ line, text }) => line < (header?.line ?? 0) && text.trim() !== '')
    .map(({ line, text }) => ({ line, text: excerpt(text) }));
}

function isMostlyBlank(fields: readonly string[]): boolean {
  return fields.filter((value) => value.trim() === '').length * 2 > fields.length;
}

function headerOf(record: CsvRecord | undefined, known?: Pick<Contract, 'columns'>): HeaderFacts {
  if (record === undefined)
    return { names: known?.columns.map(({ name }) => name) ?? [], blank: [], duplicates: [] };
  const names = record.fields.map((field) => field.trim());
  const keys = names.map((name) => name.toLowerCase());
  const isDouble = (name: string, index: number) => name !== '' && keys.indexOf(keys[index] ?? '') !== index;
  return {
    line: record.line,
    names,
    blank: names.flatMap((name, index) => (name === '' ? [index + 1] : [])),
    duplicates: [...new Set(names.filter(isDouble))],
  };
}

function columnsOf(
  names: readonly string[],
  known: Contract | undefined,
  source: 'contract' | 'first look',
): readonly ReadColumn[] {
  const types = new Map([
    ...(known?.ignore ?? []).map((name) => [name, 'VARCHAR'] as const),
    ...(known?.columns ?? []).flatMap(({ name, type, alsoNamed = [] }) =>
      [...alsoNamed, name].map((each) => [each, type] as const),
    ),
  ]);
  return names.map((name, index) => {
    const type = types.get(name);
    const shown = name === '' ? `column ${index + 1}` : name;
    return type === undefined
      ? { name: shown, type: undefined, decidedBy: 'best guess' }
      : { name: shown, type, decidedBy: source };
  });
}
