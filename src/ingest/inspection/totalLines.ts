import { excerpt } from '../fileProblem.js';
import type { ReadRecord } from './recordReader.js';

const totalWord =
  /^(?:grand |sub ?|overall )?(?:total|totals|sum|summe|gesamt|gesamtsumme|zwischensumme|totale|totaux)\s*:?$/i;
/** What those words begin with, in lower case. */
const beginnings = new Uint8Array(256);
for (const letter of 'gsotz') beginnings[letter.charCodeAt(0)] = 1;
const mostKept = 3;

interface TotalLine {
  readonly line: number;
  readonly byte: number;
  readonly text: string;
  readonly number: number;
}

/** Finds lines at the end of a file that sum up those above. */
export class TotalLines {
  readonly #decode: (bytes: Buffer) => string;
  readonly #last: TotalLine[] = [];

  constructor(decode: (bytes: Buffer) => string) {
    this.#decode = decode;
  }

  /** Tells whether the first filled field says that the others are sums. */
  static isTotal(fields: readonly string[]): boolean {
    const first = fields.find((field) => field.trim() !== '');
    return first !== undefined && totalWord.test(first.trim());
  }

  /** Looks at the first two fields of a record, by its number. */
  see(record: ReadRecord, number: number): void {
    for (let field = 0; field < Math.min(2, record.fields); field += 1) {
      const from = record.starts[field] as number;
      const to = record.ends[field] as number;
      if (from === to) continue;
      if (mayBeTotal(record.bytes, from, to)) this.#keep(record, from, to, number);
      return;
    }
  }

  /** Those among the last records. */
  atEnd(records: number): readonly TotalLine[] {
    return this.#last.filter(({ number }) => number > records - mostKept && number > 1);
  }

  #keep({ bytes, start, end, line, offset }: ReadRecord, from: number, to: number, number: number): void {
    if (!totalWord.test(this.#decode(bytes.subarray(from, to)).trim())) return;
    const text = excerpt(this.#decode(bytes.subarray(start, Math.min(end, start + 300))));
    this.#last.push({ line, byte: offset, text, number });
    if (this.#last.length > mostKept) this.#last.shift();
  }
}

/** Two letters, the first of them one that those words begin with. */
function mayBeTotal(bytes: Buffer, from: number, to: number): boolean {
  const second = (bytes[from + 1] ?? 0) | 32;
  return to - from <= 20 && beginnings[(bytes[from] as number) | 32] === 1 && second >= 97 && second <= 122;
}
