import { isAscii } from 'node:buffer';
import type { Contract } from './contractSchema.js';
import { longestRecord } from './header.js';
import { OutputFile } from './outputFile.js';
import type { FileRecord } from './walkFile.js';

/**
 * How the number of a record stands before its first field in a copy. It is longer than every text that means
 * no value, and of characters that mean nothing in the contract's dialect.
 */
export interface RowNumbers {
  /** Stand for 0 to 9. */
  readonly digits: string;
  readonly width: number;
}

/** The number's form for a contract. */
export function rowNumbersFor({ delimiter, quote, escape: escapes, nullStrings }: Contract): RowNumbers {
  const free = [...'0123456789abcdefghijklm'].filter((each) => ![delimiter, quote, escapes].includes(each));
  const longest = Math.max(0, ...nullStrings.map(({ length }) => length));
  return { digits: free.slice(0, 10).join(''), width: longest + 16 };
}

/** The longest line of a copy, in bytes: a character of Latin-1 takes up to two. */
export function longestCopiedRecord(contract: Contract): number {
  const longest = contract.encoding === 'latin-1' ? 2 * longestRecord : longestRecord;
  return longest + rowNumbersFor(contract).width + 3;
}

/**
 * A file without its misshapen records, for the engine to read as strictly as the file itself: UTF-8, a line
 * end of LF after each record, and before each its number in the file. It has a header, because the engine goes
 * by the first line end that it finds, which in a record can be one of a value.
 */
export class CleanCopy {
  readonly #output: OutputFile;
  /** The characters that stand for 0 to 9. */
  readonly #digits: Buffer;
  /** The number of a record and a delimiter, written anew for each record. */
  readonly #lead: Buffer;
  readonly #isLatin1: boolean;

  constructor(path: string, contract: Contract, columns: number) {
    const { digits, width } = rowNumbersFor(contract);
    const [zero = ''] = digits;
    this.#output = new OutputFile(path);
    this.#digits = Buffer.from(digits);
    this.#lead = Buffer.from(zero.repeat(width) + contract.delimiter);
    this.#isLatin1 = contract.encoding === 'latin-1';
    const names = Array.from({ length: columns + 1 }, () => zero);
    this.#output.write(Buffer.from(`${names.join(contract.delimiter)}\n`));
  }

  add(record: FileRecord): void {
    let left = record.row;
    for (let at = this.#lead.length - 2; left > 0; at -= 1) {
      this.#lead[at] = this.#digits[left % 10] ?? 0;
      left = Math.floor(left / 10);
    }
    const bytes = record.bytes();
    this.#output.write(this.#lead);
    this.#output.write(this.#isLatin1 ? utf8(bytes) : bytes);
    this.#output.write(lineEnd);
  }

  close(): void {
    this.#output.close();
  }
}

const lineEnd = Buffer.from('\n');

function utf8(latin1: Buffer): Buffer {
  return isAscii(latin1) ? latin1 : Buffer.from(latin1.toString('latin1'));
}
