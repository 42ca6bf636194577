import type { InputFile } from '../lake/manifest.js';
import { type Place, type Problem, ProblemError, warning } from '../protocol/problem.js';
import { shownPath } from './fileProblem.js';
import { matchesPattern, parsePattern } from './pattern.js';

/** Warns of files that a pattern misses by the case of their names alone, where no other pattern reads them. */
export function missedByCase(
  pattern: string,
  inOtherCase: readonly string[],
  otherPatterns: readonly string[],
  place: Place,
): readonly Problem[] {
  return inOtherCase
    .filter((path) => !otherPatterns.some((other) => readsFile(other, path)))
    .map((path) =>
      warning(
        'landing.case',
        `${shownPath(path)} is not read: landing('${pattern}') has it only in another case.`,
        {
          hint: 'Rename it so that it has the case of the pattern: names compare with their case on every system.',
          place,
        },
      ),
    );
}

/** A text that is no pattern reads nothing; the model that has it tells so. */
function readsFile(pattern: string, path: string): boolean {
  try {
    return matchesPattern(parsePattern(pattern), path);
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** Warns of files that were read and had no rows: often an export that failed. */
export function filesWithoutRows(files: readonly InputFile[]): readonly Problem[] {
  return files
    .filter(({ records }) => records === 0)
    .map(({ path }) =>
      warning('landing.no-rows', `${shownPath(path)} has a header and no rows.`, {
        hint: 'If rows are missing, have the file exported again; if not, nothing needs to be done.',
        place: { file: shownPath(path) },
      }),
    );
}
