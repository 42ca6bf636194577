import type { Contract } from '../contractSchema.js';
import { isCompressed } from '../fileBytes.js';

const delimiterWords: Readonly<Record<string, string>> = {
  ',': 'comma separated',
  ';': 'semicolon separated',
  '\t': 'tab separated',
  '|': 'separated by |',
};
const encodingWords = { 'utf-8': 'UTF-8', 'utf-16': 'UTF-16', 'latin-1': 'Latin-1' } as const;

/** How a file is written, in words: `comma separated, UTF-8, with a header`. */
export function describeDialect(contract: Contract, path: string): string {
  const { delimiter, encoding, header } = contract;
  return [
    delimiterWords[delimiter] ?? `separated by ${delimiter}`,
    encodingWords[encoding],
    header ? 'with a header' : 'without a header',
    ...(isCompressed(path) ? ['compressed'] : []),
  ].join(', ');
}
