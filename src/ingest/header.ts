import { linesAboveHeader, separatorLine } from './aboveHeader.js';
import { lineageColumns } from './contract.js';
import type { Contract, Dialect, Encoding } from './contractSchema.js';
import { delimiters, quoteProblem, type SampleFault } from './dialect.js';
import { decode, detectEncoding } from './encoding.js';
import { readHead } from './fileBytes.js';
import { excerpt, fileError } from './fileProblem.js';
import type { LandingFile } from './landingFiles.js';
import { type CsvRecord, readRecords } from './records.js';

/** The longest record that is read, in bytes. */
export const longestRecord = 16 * 1024 * 1024;

export type LineEnd = '\n' | '\r\n' | '\r';

/** What a file's first line tells. */
export interface FileHeader {
  /** The contract's column names in the order of this file. */
  readonly order: readonly string[];
  readonly lineEnd: LineEnd;
}

const headSizes = [64 * 1024, 1024 * 1024, longestRecord];

/**
 * Reads a file's header and compares it by name with the contract, because the engine goes by position.
 * Throws a ProblemError `landing.file` that names every difference.
 */
export async function readHeader(
  file: LandingFile,
  contract: Contract,
  contractPath: string,
): Promise<FileHeader> {
  const { text, complete } = await firstRecord(file, contract, contractPath);
  if (!contract.header)
    return { order: contract.columns.map(({ name }) => name), lineEnd: lineEndAfter(text, contract) };
  const [record] = readRecords(text, contract, complete);
  if (record === undefined)
    throw fileError(file.path, 'is empty: it has not even a header', { line: 1, hint: removeIt });
  const fault =
    record.fault === undefined
      ? faultUnder(contract, contractPath, record, { text, complete })
      : quoteProblem(record);
  if (fault !== undefined) throw fileError(file.path, fault.what, { line: 1, ...fault });
  return { order: namesOf(record), lineEnd: lineEndAfter(text, contract) };
}

/** Why a first line is not the header of a contract, by the likeliest reason. */
function faultUnder(
  contract: Contract,
  contractPath: string,
  record: CsvRecord,
  beginning: { readonly text: string; readonly complete: boolean },
): SampleFault | undefined {
  const fault = headerFault(record.fields) ?? otherColumns(contract, contractPath, record);
  if (fault === undefined || record.text.trim() === '') return fault;
  const isHeader = (other: CsvRecord) => differenceOf(namesOf(other), contract) === undefined;
  return (
    separatorLine(beginning.text) ??
    linesAboveHeader(beginning, contract, isHeader) ??
    otherDelimiter(contract, contractPath, record) ??
    fault
  );
}

function otherColumns(contract: Contract, contractPath: string, record: CsvRecord): SampleFault | undefined {
  const difference = differenceOf(namesOf(record), contract);
  if (difference === undefined) return undefined;
  return {
    what: `does not have the columns of ${contractPath}: ${difference}`,
    hint: `Correct the file, or change ${contractPath} if its files are to look like this from now on.`,
  };
}

/** A first line that another delimiter splits into the columns of the contract, or into as many. */
function otherDelimiter(
  contract: Contract,
  contractPath: string,
  record: CsvRecord,
): SampleFault | undefined {
  if (record.fields.length > 1 || contract.columns.length === 1) return undefined;
  const found = delimiters.find((delimiter) => {
    const [header] = readRecords(record.text, { ...contract, delimiter });
    return delimiter !== contract.delimiter && header?.fields.length === contract.columns.length;
  });
  if (found === undefined) return undefined;
  const said = delimiterWords[contract.delimiter] ?? { one: contract.delimiter };
  return {
    what: `is separated by ${delimiterWords[found]?.many ?? found} where ${contractPath} says ${said.one}`,
    hint: `Save it with the delimiter that ${contractPath} names, or give it a folder and a contract of its own.`,
  };
}

const delimiterWords: Readonly<Record<string, { readonly one: string; readonly many: string }>> = {
  ',': { one: 'comma', many: 'commas' },
  ';': { one: 'semicolon', many: 'semicolons' },
  '\t': { one: 'tab', many: 'tabs' },
};

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

function differenceOf(names: readonly string[], { columns }: Contract): string | undefined {
  const expected = columns.map(({ name }) => name);
  const missing = expected.filter((name) => !names.includes(name));
  const extra = names.filter((name) => !expected.includes(name));
  const parts = [
    missing.length > 0 ? `it lacks ${missing.map(excerpt).join(', ')}` : '',
    extra.length > 0 ? `it has ${extra.map(excerpt).join(', ')} besides` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** Reads until the first record is whole. */
async function firstRecord(file: LandingFile, contract: Contract, contractPath: string) {
  for (const size of headSizes) {
    const head = await readHead(file, size);
    if (head.complete && head.bytes.length === 0)
      throw fileError(file.path, 'is empty', { line: 1, hint: removeIt });
    checkEncoding(file, head.bytes, head.complete, contract.encoding, contractPath);
    const text = decode(head.bytes, contract.encoding);
    const [record] = readRecords(text, contract, head.complete);
    if (head.complete || (record !== undefined && record.fault === undefined))
      return { text, complete: head.complete };
  }
  throw fileError(file.path, 'has a first line of more than 16 MiB', {
    line: 1,
    hint: 'Is there a quote that never closes?',
  });
}

function checkEncoding(
  file: LandingFile,
  bytes: Buffer,
  complete: boolean,
  encoding: Encoding,
  contractPath: string,
): void {
  const finding = detectEncoding(bytes, complete);
  if ('fault' in finding) throw fileError(file.path, finding.fault, { hint: finding.hint });
  if (finding.encoding === encoding || (!finding.certain && encoding === 'latin-1')) return;
  throw fileError(file.path, `is ${finding.encoding} where ${contractPath} says ${encoding}`, {
    hint: `Save it as ${encoding}, or give it a folder and a contract of its own.`,
  });
}

function lineEndAfter(text: string, dialect: Dialect): LineEnd {
  const [first] = readRecords(text, dialect);
  const at = first?.text.length ?? 0;
  if (text[at] === '\r') return text[at + 1] === '\n' ? '\r\n' : '\r';
  return '\n';
}
