import { linesAboveHeader, separatorLine } from './aboveHeader.js';
import { type ColumnMatch, matchColumns } from './columnMatch.js';
import { lineageColumns } from './contract.js';
import type { Contract, Dialect, Encoding } from './contractSchema.js';
import { delimiters, quoteProblem, type SampleFault } from './dialect.js';
import { driftError } from './drift/driftProblem.js';
import { driftReport } from './drift/driftReport.js';
import type { FileDrift } from './drift/fileDrift.js';
import { decode, detectEncoding } from './encoding.js';
import { readHead } from './fileBytes.js';
import { excerpt, fileError } from './fileProblem.js';
import type { LandingFile } from './landingFiles.js';
import { type CsvRecord, readRecords } from './records.js';
import { looksLikeValue } from './valueType.js';

/** The longest record that is read, in bytes. */
export const longestRecord = 16 * 1024 * 1024;

export type LineEnd = '\n' | '\r\n' | '\r';

/** What a file's first line tells. */
export interface FileHeader {
  /** The file's columns in their order, by the names that the contract has for them; those it ignores by their own. */
  readonly order: readonly string[];
  readonly lineEnd: LineEnd;
}

const headSizes = [64 * 1024, 1024 * 1024, longestRecord];

/** A header that can be read, and which columns it has. */
export type HeaderLook = { readonly header: FileHeader } | { readonly drift: FileDrift };

/**
 * Reads a file's header and compares it by name with the contract, because the engine goes by position.
 * Throws a ProblemError `landing.drift` that names every difference, and as {@link lookAtHeader} does.
 */
export async function readHeader(
  file: LandingFile,
  contract: Contract,
  contractPath: string,
): Promise<FileHeader> {
  const look = await lookAtHeader(file, contract, contractPath);
  if ('header' in look) return look.header;
  throw driftError(driftReport({ contract, path: contractPath }, [look.drift], 1));
}

/** Reads a file's header. Throws a ProblemError `landing.file` where it is none. */
export async function lookAtHeader(
  file: LandingFile,
  contract: Contract,
  contractPath: string,
): Promise<HeaderLook> {
  const { text, complete, encoding } = await firstRecord(file, contract);
  const written = { ...contract, encoding };
  const otherEncoding = encoding === contract.encoding ? {} : { encoding };
  if (!contract.header) {
    const names = contract.columns.map(({ name }) => name);
    if (encoding !== contract.encoding)
      return { drift: { file, names, sample: { text, complete }, encoding } };
    return { header: { order: names, lineEnd: lineEndAfter(text, contract) } };
  }
  const [record] = readRecords(text, contract, complete);
  if (record === undefined)
    throw fileError(file.path, 'is empty: it has not even a header', { line: 1, hint: removeIt });
  const delimiter = otherDelimiter(contract, record);
  const names = namesUnder({ ...written, ...(delimiter !== undefined && { delimiter }) }, record);
  const match = matchColumns(names, contract);
  const fault =
    record.fault === undefined
      ? faultUnder(contract, contractPath, { record, names, match }, { text, complete })
      : quoteProblem(record);
  if (fault !== undefined) throw fileError(file.path, fault.what, { line: 1, ...fault });
  if (!match.fits || delimiter !== undefined || encoding !== contract.encoding) {
    const other = { ...otherEncoding, ...(delimiter !== undefined && { delimiter }) };
    return { drift: { file, names, sample: { text, complete }, ...other } };
  }
  return { header: { order: match.order, lineEnd: lineEndAfter(text, contract) } };
}

interface Header {
  readonly record: CsvRecord;
  readonly names: readonly string[];
  readonly match: ColumnMatch;
}

/** Why a first line is not a header that a contract can be compared with, by the likeliest reason. */
function faultUnder(
  contract: Contract,
  contractPath: string,
  { record, names, match }: Header,
  beginning: { readonly text: string; readonly complete: boolean },
): SampleFault | undefined {
  if (match.fits) return headerFault(names);
  if (record.text.trim() === '') return headerFault(names);
  const isHeader = (other: CsvRecord) => matchColumns(namesOf(other), contract).fits;
  return (
    separatorLine(beginning.text) ??
    linesAboveHeader(beginning, contract, isHeader) ??
    headerFault(names) ??
    twoOfOne(match, contractPath) ??
    noNames(match, contractPath)
  );
}

function twoOfOne({ double }: ColumnMatch, contractPath: string): SampleFault | undefined {
  if (double === undefined) return undefined;
  return {
    what: `has the columns ${double.map(excerpt).join(' and ')}, which are one in ${contractPath}`,
    hint: 'Leave one out of the file, or correct "alsoNamed".',
  };
}

/** Values alone where names belong. */
function noNames({ order, missing, extra }: ColumnMatch, contractPath: string): SampleFault | undefined {
  if (order.length > 0 || !extra.some(looksLikeValue)) return undefined;
  const lacking = missing.map(({ name }) => excerpt(name)).join(', ');
  return {
    what: `does not have the columns of ${contractPath}: it lacks ${lacking}; it has ${extra.map(excerpt).join(', ')} besides`,
    hint: 'Is its header missing? Correct the file, or give it a folder and a contract of its own.',
  };
}

/** The delimiter that splits a first line into columns of the contract, or into as many, where its own does not. */
function otherDelimiter(contract: Contract, record: CsvRecord): string | undefined {
  if (record.fields.length > 1 || contract.columns.length === 1) return undefined;
  return delimiters.find((delimiter) => {
    if (delimiter === contract.delimiter) return false;
    const names = namesUnder({ ...contract, delimiter }, record);
    const { order } = matchColumns(names, contract);
    return names.length === contract.columns.length || (names.length > 1 && order.length * 2 > names.length);
  });
}

function namesUnder(dialect: Dialect, { text }: CsvRecord): readonly string[] {
  const [header] = readRecords(text, dialect);
  return header === undefined ? [] : namesOf(header);
}

function namesOf({ fields }: CsvRecord): readonly string[] {
  return fields.map((name) => name.trim());
}

const removeIt = 'Remove the file, or copy it again, whole.';

/** Why a record can't be a header; undefined when it can. */
export function headerFault(fields: readonly string[]): SampleFault | undefined {
  const names = fields.map((name) => name.trim());
  if (names.length === 1 && names[0] === '') {
    return { what: 'begins with a blank line', hint: 'The header has to be on line 1.' };
  }
  const blank = names.indexOf('');
  if (blank >= 0)
    return { what: `has no name for column ${blank + 1} in its header`, hint: 'Name every column.' };
  const keys = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice !== undefined) {
    return {
      what: `has the column ${excerpt(twice)} twice`,
      hint: 'Rename one; names compare without case.',
    };
  }
  const taken = names.find((name) => lineageColumns.some((lineage) => lineage === name.toLowerCase()));
  if (taken !== undefined) {
    return {
      what: `has a column ${taken}, which landing() adds itself`,
      hint: 'Rename the column in the file.',
    };
  }
  return undefined;
}

/** Reads until the first record is whole. */
async function firstRecord(file: LandingFile, contract: Contract) {
  for (const size of headSizes) {
    const head = await readHead(file, size);
    if (head.complete && head.bytes.length === 0)
      throw fileError(file.path, 'is empty', { line: 1, hint: removeIt });
    const encoding = encodingOf(file, head, contract.encoding);
    const text = decode(head.bytes, encoding);
    const [record] = readRecords(text, contract, head.complete);
    if (head.complete || (record !== undefined && record.fault === undefined))
      return { text, complete: head.complete, encoding };
  }
  throw fileError(file.path, 'has a first line of more than 16 MiB', {
    line: 1,
    hint: 'Is there a quote that never closes?',
  });
}

/** The contract's encoding where the bytes can be read by it, else the one that they have. */
function encodingOf(
  file: LandingFile,
  { bytes, complete }: { readonly bytes: Buffer; readonly complete: boolean },
  wanted: Encoding,
): Encoding {
  const finding = detectEncoding(bytes, complete);
  if ('fault' in finding) throw fileError(file.path, finding.fault, { hint: finding.hint });
  return !finding.certain && wanted === 'latin-1' ? wanted : finding.encoding;
}

function lineEndAfter(text: string, dialect: Dialect): LineEnd {
  const [first] = readRecords(text, dialect);
  const at = first?.text.length ?? 0;
  if (text[at] === '\r') return text[at + 1] === '\n' ? '\r\n' : '\r';
  return '\n';
}
