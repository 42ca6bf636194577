import type { ContractColumn } from './contractSchema.js';
import type { SampleFault } from './dialect.js';
import { excerpt } from './fileProblem.js';
import type { CsvRecord } from './records.js';
import { looksLikeValue } from './valueType.js';

interface Suspect {
  readonly path: string;
  readonly record: CsvRecord;
  /** The whole lines inside one of its values, each as a record would be split. */
  readonly inside: readonly (readonly string[])[];
}

/**
 * Quoted values of several lines that look like records themselves: a quote that was never closed goes on to the
 * next stray one, and if that stands at a value's end, the file is well-formed.
 */
export class SwallowedRecords {
  readonly #suspects: Suspect[] = [];

  constructor(private readonly delimiter: string) {}

  add(path: string, record: CsvRecord): void {
    for (const field of record.fields) {
      const inside = field
        .split(/\r\n|\r|\n/)
        .slice(1, -1)
        .map((line) => line.split(this.delimiter));
      const areRecords = inside.every(({ length }) => length === record.fields.length);
      if (inside.length > 0 && areRecords) this.#suspects.push({ path, record, inside });
    }
  }

  /** The first value whose lines have the types of the columns, where some column has one. */
  faultIn(columns: readonly ContractColumn[]): (SampleFault & { readonly path: string }) | undefined {
    const typed = columns.flatMap(({ type }, index) => (type === 'VARCHAR' ? [] : [index]));
    if (typed.length === 0) return undefined;
    const found = this.#suspects.find(({ inside }) =>
      inside.every((fields) => typed.every((index) => looksLikeValue(fields[index] ?? ''))),
    );
    if (found === undefined) return undefined;
    const { path, record } = found;
    return {
      path,
      what: `has a quote that seems to close records later, on line ${record.line}: ${excerpt(record.text)}`,
      line: record.line,
      hint: 'Close the quote, or write a quote inside a value twice. If it is one value, write the contract by hand.',
    };
  }
}
