import { basename } from 'node:path';
import { ProblemError, problem } from '../../protocol/problem.js';
import { isLakeName } from '../../sql/names.js';

/** What a file from outside is called inside the project. */
export interface IncomingNames {
  /** The table's name without its layer: `orders`. */
  readonly table: string;
  /** Below `data/landing`, with forward slashes: `orders/Orders 2026.csv`. */
  readonly landingPath: string;
  /** What `landing()` reads: `orders/*.csv`. */
  readonly pattern: string;
}

/** What landing() reads by its ending; the first group is the name before it. */
const readable = /^(.*)\.(csv|tsv|txt|csv\.gz|tsv\.gz)$/is;
const longestName = 63;

/**
 * Names for a file and its table, cleaned to what the lake and every file system allow.
 * `wish` is the name that the person gave the table. Throws a ProblemError `data.name`.
 */
export function incomingNames(file: string, wish?: string): IncomingNames {
  const [, stem = '', ending = 'csv'] = readable.exec(basename(file)) ?? [];
  const table = tableNameFrom(wish ?? stem);
  if (table === undefined) throw nameless(wish ?? basename(file));
  const extension = ending.toLowerCase();
  const fileName = `${fileNameFrom(stem) || table}.${extension}`;
  return { table, landingPath: `${table}/${fileName}`, pattern: `${table}/*.${extension}` };
}

/** `Orders 2026 (final)` → `orders_2026_final`; undefined when nothing is left of the text. */
export function tableNameFrom(text: string): string | undefined {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (words === '') return undefined;
  const name = isLakeName(words.slice(0, longestName)) ? words : `data_${words}`;
  return name.slice(0, longestName).replace(/_+$/, '');
}

/** Without what Windows forbids, and without the beginnings and ends that `landing()` skips as unfinished. */
function fileNameFrom(stem: string): string {
  return stem
    .normalize('NFC')
    .replaceAll(/[<>:"|?*\\/\p{Cc}]/gu, '_')
    .replaceAll(/^[._~\s]+|[.~\s]+$/g, '');
}

function nameless(text: string): ProblemError {
  return new ProblemError(
    problem('data.name', `No table's name can be made of “${text}”.`, {
      hint: 'Give the table a name of letters a to z, digits and underscores, as orders.',
    }),
  );
}
