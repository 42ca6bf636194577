import type { Contract, ContractColumn, Dialect, Encoding } from './contractSchema.js';
import { detectDialect, quoteProblem, raggedLine, type SampleFault } from './dialect.js';
import { decode, detectEncoding } from './encoding.js';
import { readHead } from './fileBytes.js';
import { excerpt, fileError, shownPath } from './fileProblem.js';
import { headerFault, longestRecord } from './header.js';
import type { LandingFile } from './landingFiles.js';
import { type CsvRecord, readRecords } from './records.js';
import { ColumnTypeFinder, looksLikeValue } from './valueType.js';

const totalBytes = 4 * 1024 * 1024;
const leastBytes = 16 * 1024;

interface Sample {
  readonly file: LandingFile;
  readonly text: string;
  readonly complete: boolean;
  readonly encoding: Encoding;
  readonly certain: boolean;
}

/**
 * Proposes the contract of files that have none, from the beginning of every file, 4 MiB in all. Throws a
 * ProblemError `landing.file` wherever more than one reading is possible: nothing is guessed.
 */
export async function proposeContract(
  files: string,
  landingFiles: readonly LandingFile[],
): Promise<Contract> {
  const share = Math.max(leastBytes, Math.floor(totalBytes / landingFiles.length));
  const samples: Sample[] = [];
  for (const file of landingFiles) samples.push(await readSample(file, share));
  const encoding = commonEncoding(samples);
  const dialect = commonDialect(samples);
  const columns = columnsOf(samples, dialect);
  return { files, encoding, ...dialect, header: true, nullStrings: [''], columns };
}

async function readSample(file: LandingFile, share: number): Promise<Sample> {
  for (const size of [share, longestRecord]) {
    const { bytes, complete } = await readHead(file, size);
    if (bytes.length === 0)
      throw fileError(file.path, 'is empty', { line: 1, hint: 'Remove it, or copy it again, whole.' });
    const finding = detectEncoding(bytes, complete);
    if ('fault' in finding) throw fileError(file.path, finding.fault, { hint: finding.hint });
    const text = decode(bytes, finding.encoding);
    if (complete || /[\r\n]/.test(text)) return { file, text, complete, ...finding };
  }
  throw fileError(file.path, 'has a first line of more than 16 MiB', { line: 1 });
}

function commonEncoding(samples: readonly Sample[]): Encoding {
  const certain = samples.filter((sample) => sample.certain);
  const [first] = certain;
  const other = certain.find(({ encoding }) => encoding !== first?.encoding);
  const plain = first?.encoding === 'utf-16' ? samples.find((sample) => !sample.certain) : undefined;
  const odd = other ?? plain;
  if (first !== undefined && odd !== undefined) {
    throw fileError(
      odd.file.path,
      `is ${odd.encoding} and ${shownPath(first.file.path)} is ${first.encoding}`,
      {
        hint: 'Save all files of one landing() in one encoding, best UTF-8.',
      },
    );
  }
  return first?.encoding ?? 'utf-8';
}

/** The dialect of the longest sample, which the others then have to fit. */
function commonDialect(samples: readonly Sample[]): Dialect {
  const longest = samples.reduce((best, sample) => (sample.text.length > best.text.length ? sample : best));
  const finding = detectDialect(longest.text, longest.complete);
  if ('fault' in finding) throw sampleError(longest, finding.fault);
  return finding.dialect;
}

function columnsOf(samples: readonly Sample[], dialect: Dialect): readonly ContractColumn[] {
  const table = new Table();
  for (const sample of samples) {
    const fault = table.addSample(sample, dialect);
    if (fault !== undefined) throw sampleError(sample, fault);
  }
  const fault = table.fault;
  const [first] = samples;
  if (fault !== undefined && first !== undefined) throw sampleError(first, fault);
  return table.columns;
}

/** The columns by name over all samples. */
class Table {
  #names: readonly string[] = [];
  readonly #finders = new Map<string, ColumnTypeFinder>();
  /** The same without the first row of each file, which may be a second header. */
  readonly #later = new Map<string, ColumnTypeFinder>();
  #rows = 0;
  #firstRow: CsvRecord | undefined;
  #repeatsHeaderValue: string | undefined;

  addSample({ file, text, complete }: Sample, dialect: Dialect): SampleFault | undefined {
    let names: readonly string[] | undefined;
    let row = 0;
    for (const record of readRecords(text, dialect, complete)) {
      if (record.fault !== undefined) return quoteProblem(record);
      if (names === undefined) {
        const fault = headerFault(record.fields) ?? valueInHeader(record) ?? this.#takeNames(record, file);
        if (fault !== undefined) return { line: record.line, ...fault };
        names = record.fields.map((name) => name.trim());
        continue;
      }
      if (record.text === '') continue;
      const fault = rowFault(record, names, dialect);
      if (fault !== undefined) return fault;
      this.#addRow(record, names, row);
      row += 1;
    }
    return undefined;
  }

  get columns(): readonly ContractColumn[] {
    return this.#names.map((name) => ({ name, type: this.#finders.get(name)?.type ?? 'VARCHAR' }));
  }

  /** What only the whole tells. */
  get fault(): SampleFault | undefined {
    if (this.#rows === 0) {
      return {
        what: 'has a header and no row, so the types of its columns can not be seen',
        hint: 'Wait for a file with rows, or write the contract by hand, see docs/contracts.md.',
      };
    }
    return this.#secondHeader() ?? this.#noHeader();
  }

  #takeNames(record: CsvRecord, file: LandingFile): SampleFault | undefined {
    const names = record.fields.map((name) => name.trim());
    if (this.#names.length === 0) {
      this.#names = names;
      for (const name of names) {
        this.#finders.set(name, new ColumnTypeFinder());
        this.#later.set(name, new ColumnTypeFinder());
      }
      return undefined;
    }
    const odd =
      names.find((name) => !this.#finders.has(name)) ?? this.#names.find((name) => !names.includes(name));
    if (odd === undefined) return undefined;
    return {
      what: `and the files before ${file.path} do not have the same columns: ${excerpt(odd)} is not in all of them`,
      hint: 'Give files of another kind a folder of their own.',
    };
  }

  #addRow({ fields, ...record }: CsvRecord, names: readonly string[], row: number): void {
    this.#rows += 1;
    if (row === 0) this.#firstRow ??= { fields, ...record };
    for (const [column, name] of names.entries()) {
      const value = fields[column] ?? '';
      if (value === '') continue;
      this.#finders.get(name)?.add(value);
      if (row > 0) this.#later.get(name)?.add(value);
      if (value === name) this.#repeatsHeaderValue ??= value;
    }
  }

  /** Units or long names below the header spoil the type of every column that has one. */
  #secondHeader(): SampleFault | undefined {
    const typed = this.#names.filter((name) => this.#later.get(name)?.type !== 'VARCHAR');
    const first = this.#firstRow;
    const spoilt = typed.every((name) => this.#finders.get(name)?.type === 'VARCHAR');
    if (first === undefined || typed.length < 2 || !spoilt || first.fields.some(looksLikeValue))
      return undefined;
    return {
      what: `seems to have a second header line, line ${first.line}: ${excerpt(first.text)}`,
      line: first.line,
      hint: 'Remove that line. If it is data, write the contract by hand, see docs/contracts.md.',
    };
  }

  /** Among texts alone, a header that is also a value is more likely a row. */
  #noHeader(): SampleFault | undefined {
    const isTyped = this.#names.some((name) => this.#finders.get(name)?.type !== 'VARCHAR');
    if (isTyped || this.#repeatsHeaderValue === undefined) return undefined;
    return {
      what: `may have no header: ${excerpt(this.#repeatsHeaderValue)} is in the first line and again as a value of its column`,
      line: 1,
      hint: 'Add a header line, or write the contract by hand, see docs/contracts.md.',
    };
  }
}

function valueInHeader(record: CsvRecord): SampleFault | undefined {
  const value = record.fields.find((name) => looksLikeValue(name.trim()));
  if (value === undefined) return undefined;
  return {
    what: `may have no header: its first line has the value ${excerpt(value)}`,
    hint: 'Add a header line. If it is a name, write the contract by hand, see docs/contracts.md.',
  };
}

function rowFault(record: CsvRecord, names: readonly string[], dialect: Dialect): SampleFault | undefined {
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

function sampleError({ file }: Sample, { what, line, hint }: SampleFault) {
  return fileError(file.path, what, { line, hint });
}
