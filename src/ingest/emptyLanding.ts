import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import { isSkippedName } from './landingFiles.js';
import { patternInCaseOf } from './otherCase.js';
import type { LandingPattern } from './pattern.js';
import { isSystemError } from './systemError.js';

const mostFolders = 200;
const mostShown = 5;

/**
 * The error for a pattern without files: says what the landing folder holds instead.
 * @param inOtherCase the files that it would find if case did not count.
 */
export function emptyLanding(
  landing: string,
  pattern: LandingPattern,
  inOtherCase: readonly string[],
): ProblemError {
  const { text } = pattern;
  const [near] = inOtherCase;
  const meant = near === undefined ? undefined : patternInCaseOf(pattern, near);
  return new ProblemError(
    problem('landing.empty', `landing('${text}') finds no file in data/landing.`, {
      hint: hintFor(text, inventory(landing), meant),
    }),
  );
}

interface Inventory {
  /** A pattern for each kind of file in each folder, with how many files it has. */
  readonly patterns: ReadonlyMap<string, number>;
  readonly skipped: readonly string[];
}

function hintFor(pattern: string, { patterns, skipped }: Inventory, inCase: string | undefined): string {
  const left =
    skipped.length === 0
      ? ''
      : ` Skipped, as hidden or unfinished: ${skipped.slice(0, mostShown).join(', ')}.`;
  if (patterns.size === 0) return `Put CSV files into data/landing: it has none.${left}`;
  const meant = inCase ?? suggest(pattern, patterns.keys());
  const shown = [...patterns].slice(0, mostShown).map(([name, count]) => `${name} (${count})`);
  const more = patterns.size > mostShown ? ', …' : '';
  const proposal = meant === undefined ? '' : `Did you mean landing('${meant}')? `;
  return `${proposal}data/landing holds ${shown.join(', ')}${more}.${left}`;
}

function inventory(landing: string): Inventory {
  const patterns = new Map<string, number>();
  const skipped: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    for (const entry of entriesOf(join(landing, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isSkippedName(entry.name)) skipped.push(path);
      else if (entry.isDirectory() && folders.length < mostFolders) folders.push(path);
      else if (entry.isFile()) count(patterns, patternOf(folder, entry.name));
    }
  }
  return { patterns: new Map([...patterns].sort(([a], [b]) => (a < b ? -1 : 1))), skipped };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

function patternOf(folder: string, name: string): string {
  if (folder === '') return name;
  const extension = /(?:\.[^.]+)?\.gz$|\.[^.]+$/i.exec(name)?.[0] ?? '';
  return `${folder}/*${extension}`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
