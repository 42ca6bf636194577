import { isLakeName } from '../sql/names.js';

const longest = 60;

/**
 * Names for the contract of a pattern, the first being the one to take if it is free:
 * `pos_sales/*.csv` gives `pos_sales.json`, `pos_sales_2.json`, ….
 */
export function* contractNames(pattern: string): Generator<string> {
  const base = baseOf(pattern);
  yield `${base}.json`;
  for (let number = 2; ; number += 1) yield `${base}_${number}.json`;
}

function baseOf(pattern: string): string {
  const words = pattern
    .replace(/(?:\.(?:csv|tsv|txt|gz|\*))+$/i, '')
    .normalize('NFC')
    .replaceAll(/\[[^\]]*\]|\{[^}]*\}/g, '_')
    .replaceAll(/[^\p{L}\p{N}-]+/gu, '_')
    .replaceAll(/^[_-]+|[_-]+$/g, '')
    .slice(0, longest);
  if (words === '') return 'landing';
  return /^[A-Za-z]/.test(words) && words.length < 5 && !isLakeName(words) ? `landing_${words}` : words;
}
