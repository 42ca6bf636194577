// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: these names open a device in every folder.
const windowsDevice = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
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
  return windowsDevice.test(words) ? `landing_${words}` : words;
}
