import type { ProblemError } from '../protocol/problem.js';
import { titleLine } from './aboveHeader.js';
import type { ContractColumn, Dialect } from './contractSchema.js';
import { quoteProblem, raggedLine, type SampleFault } from './dialect.js';
import { excerpt, fileError } from './fileProblem.js';
import { headerFault } from './header.js';
import { type CsvRecord, readRecords } from './records.js';
import { SwallowedRecords } from './swallowedRecords.js';
import { ColumnTypeFinder, looksLikeValue } from './valueType.js';

/** The beginning of a file, or all of it. */
export interface TextSample {
  /** Below the landing folder. */
  readonly path: string;
  readonly text: string;
  readonly complete: boolean;
}

interface FirstRow {
  readonly path: string;
  readonly names: readonly string[];
  readonly record: CsvRecord;
}

/** Finds the columns that the files of one pattern have in common. Its faults are ProblemErrors `landing.file`. */
export class SampleTable {
  readonly #dialect: Dialect;
  #names: readonly string[] = [];
  readonly #finders = new Map<string, ColumnTypeFinder>();
  /** Kept apart to the end: one of them may be a second header. */
  readonly #firstRows: FirstRow[] = [];
  readonly #swallowed: SwallowedRecords;
  #repeated: { readonly path: string; readonly value: string } | undefined;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#swallowed = new SwallowedRecords(dialect.delimiter);
  }

  /** Takes the rows of one more file. */
  add(sample: TextSample): void {
    const { path, text, complete } = sample;
    let names: readonly string[] | undefined;
    let isFirst = true;
    let isBehindBlank = false;
    for (const record of readRecords(text, this.#dialect, complete)) {
      if (names === undefined) {
        names = this.#header(record, sample);
      } else if (record.text === '' && record.fault === undefined) {
        isBehindBlank = names.length > 1;
      } else {
        const fault =
          rowFault(record, names, this.#dialect) ??
          (isBehindBlank && !isFirst ? this.#secondTable(record, names) : undefined);
        if (fault !== undefined) throw faultError(path, fault);
        if (isFirst) this.#firstRows.push({ path, names, record });
        else this.#addRow(record, names, path);
        this.#swallowed.add(path, record);
        isFirst = false;
        isBehindBlank = false;
      }
    }
  }

  /** The columns in the order of the first file, each with the narrowest type that holds all its values. */
  finish(): readonly ContractColumn[] {
    const [first] = this.#firstRows;
    if (first === undefined) {
      throw new Error('A table is finished only after a file with rows.');
    }
    const laterTypes = this.#columns();
    for (const { record, names, path } of this.#firstRows) this.#addRow(record, names, path);
    const columns = this.#columns();
    const swallowed = this.#swallowed.faultIn(columns);
    if (swallowed !== undefined) throw faultError(swallowed.path, swallowed);
    if (isSecondHeader(first.record, laterTypes, columns)) throw secondHeader(first);
    if (columns.every(({ type }) => type === 'VARCHAR') && this.#repeated !== undefined) {
      throw noHeader(this.#repeated.path, this.#repeated.value);
    }
    return columns;
  }

  get hasRows(): boolean {
    return this.#firstRows.length > 0;
  }

  #columns(): readonly ContractColumn[] {
    return this.#names.map((name) => ({ name, type: this.#finders.get(name)?.type ?? 'VARCHAR' }));
  }

  /** Behind a blank line, texts alone where there were numbers: the header of another table, most likely. */
  #secondTable(record: CsvRecord, names: readonly string[]): SampleFault | undefined {
    const wasTyped = names.some((name) => (this.#finders.get(name)?.type ?? 'VARCHAR') !== 'VARCHAR');
    if (!wasTyped || !mayBeHeader(record)) return undefined;
    return {
      what: `seems to have a second table from line ${record.line}: ${excerpt(record.text)}`,
      line: record.line,
      hint: 'Save it as a file of its own. If it is a row, remove the blank line above it.',
    };
  }

  #header(record: CsvRecord, sample: TextSample): readonly string[] {
    const { path } = sample;
    const fault =
      record.fault === undefined
        ? (headerFault(record.fields) ?? valueInHeader(record))
        : quoteProblem(record);
    if (fault !== undefined) {
      const title = record.text === '' ? undefined : titleLine(sample, this.#dialect, mayBeHeader);
      throw faultError(path, { line: record.line, ...(title ?? fault) });
    }
    const names = record.fields.map((name) => name.trim());
    if (this.#names.length === 0) {
      this.#names = names;
      for (const name of names) this.#finders.set(name, new ColumnTypeFinder());
    }
    const odd =
      names.find((name) => !this.#finders.has(name)) ?? this.#names.find((name) => !names.includes(name));
    if (odd !== undefined) throw otherColumns(path, odd);
    return names;
  }

  #addRow({ fields }: CsvRecord, names: readonly string[], path: string): void {
    for (let column = 0; column < names.length; column += 1) {
      const name = names[column] ?? '';
      const value = fields[column] ?? '';
      if (value === '') continue;
      this.#finders.get(name)?.add(value);
      if (value === name) this.#repeated ??= { path, value };
    }
  }
}

/** Units or long names below the header spoil the type of every column that has one. */
function isSecondHeader(
  record: CsvRecord,
  laterTypes: readonly ContractColumn[],
  types: readonly ContractColumn[],
): boolean {
  const typed = types.filter((_, index) => laterTypes[index]?.type !== 'VARCHAR');
  const spoilt = typed.every(({ type }) => type === 'VARCHAR');
  return typed.length > 1 && spoilt && !record.fields.some(looksLikeValue);
}

function rowFault(record: CsvRecord, names: readonly string[], dialect: Dialect): SampleFault | undefined {
  if (record.fault !== undefined) return quoteProblem(record);
  if (record.fields.length !== names.length) return raggedLine(record, names.length, dialect.delimiter);
  if (names.length > 1 && record.fields.every((value, column) => value.trim() === names[column])) {
    return {
      what: `repeats its header on line ${record.line}`,
      line: record.line,
      hint: 'Remove that line.',
    };
  }
  return undefined;
}

function mayBeHeader(record: CsvRecord): boolean {
  return (
    record.fault === undefined &&
    headerFault(record.fields) === undefined &&
    valueInHeader(record) === undefined
  );
}

function valueInHeader(record: CsvRecord): SampleFault | undefined {
  const value = record.fields.find((name) => looksLikeValue(name.trim()));
  if (value === undefined) return undefined;
  return {
    what: `may have no header: its first line has the value ${excerpt(value)}`,
    hint: 'Add a header line. If it is a name, write the contract by hand, see docs/contracts.md.',
  };
}

function otherColumns(path: string, name: string): ProblemError {
  return faultError(path, {
    what: `and the files before it do not have the same columns: ${excerpt(name)} is not in all of them`,
    line: 1,
    hint: 'Give files of another kind a folder of their own.',
  });
}

function secondHeader({ path, record }: FirstRow): ProblemError {
  return faultError(path, {
    what: `seems to have a second header line, line ${record.line}: ${excerpt(record.text)}`,
    line: record.line,
    hint: 'Remove that line. If it is data, write the contract by hand, see docs/contracts.md.',
  });
}

/** Among texts alone, a header that is also a value of its column is more likely a row. */
function noHeader(path: string, value: string): ProblemError {
  return faultError(path, {
    what: `may have no header: ${excerpt(value)} is in the first line and again as a value of its column`,
    line: 1,
    hint: 'Add a header line, or write the contract by hand, see docs/contracts.md.',
  });
}

function faultError(path: string, { what, line, hint }: SampleFault): ProblemError {
  return fileError(path, what, { line, hint });
}
