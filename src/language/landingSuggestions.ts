import type { Span } from '../protocol/text.js';
import { formatQuantity } from '../protocol/wording.js';
import type { Suggestion } from './suggestion.js';

/** More names than anybody reads; a pattern for their folder is always among the first. */
const mostFiles = 200;

/** What `landing('…')` can be given: one pattern for the files of a kind in each folder, then each file. */
export function landingSuggestions(files: readonly string[], replaced: Span): readonly Suggestion[] {
  const groups = new Map<string, number>();
  for (const file of files) {
    const pattern = patternOf(file);
    if (pattern !== undefined) groups.set(pattern, (groups.get(pattern) ?? 0) + 1);
  }
  const patterns = [...groups]
    // One file in the landing folder itself is written by its name.
    .filter(([pattern, count]) => pattern.includes('/') || count > 1)
    .map(
      ([pattern, count]): Suggestion => ({
        label: pattern,
        kind: 'files',
        insert: written(pattern),
        replaced,
        detail: `${formatQuantity(count, 'file')} now, and those to come`,
        rank: 0,
      }),
    );
  const single = files.filter((file) => patternOf(file) !== undefined).slice(0, mostFiles);
  return [
    ...patterns,
    ...single.map(
      (file): Suggestion => ({
        label: file,
        kind: 'file',
        insert: written(file),
        replaced,
        detail: 'this file alone',
        rank: 1,
      }),
    ),
  ];
}

/** Of `sales/2024.csv.gz` it is `sales/*.csv.gz`; undefined for what landing() does not read. */
function patternOf(file: string): string | undefined {
  const extension = /\.(?:csv|tsv|txt|csv\.gz|tsv\.gz)$/i.exec(file)?.[0];
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return extension === undefined ? undefined : `${folder}*${extension}`;
}

function written(text: string): string {
  return text.replaceAll("'", "''");
}
