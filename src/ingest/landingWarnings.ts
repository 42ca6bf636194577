import type { InputFile } from '../lake/manifest.js';
import { type Place, type Problem, ProblemError, warning } from '../protocol/problem.js';
import { formatQuantity } from '../protocol/wording.js';
import { shownPath } from './fileProblem.js';
import { hasNameOf, patternInCaseOf } from './otherCase.js';
import { matchesPattern, parsePattern } from './pattern.js';

/** Warns of files that a pattern misses by case alone, where no other pattern reads them; of a folder once. */
export function missedByCase(
  pattern: string,
  inOtherCase: readonly string[],
  otherPatterns: readonly string[],
  place: Place,
): readonly Problem[] {
  const parsed = parsePattern(pattern);
  const missed = inOtherCase.filter((path) => !otherPatterns.some((other) => readsFile(other, path)));
  const byFolder = new Map<string, string[]>();
  for (const path of missed.filter((path) => hasNameOf(parsed, path))) {
    const meant = patternInCaseOf(parsed, path);
    byFolder.set(meant, [...(byFolder.get(meant) ?? []), path]);
  }
  return [
    ...missed.filter((path) => !hasNameOf(parsed, path)).map((path) => missedFile(pattern, path, place)),
    ...[...byFolder].map(([meant, paths]) => missedFolder(pattern, meant, paths, place)),
  ];
}

function missedFile(pattern: string, path: string, place: Place): Problem {
  return warning(
    'landing.case',
    `${shownPath(path)} is not read: landing('${pattern}') has it only in another case.`,
    {
      hint: 'Rename it so that it has the case of the pattern: names compare with their case on every system.',
      place,
    },
  );
}

function missedFolder(pattern: string, meant: string, paths: readonly string[], place: Place): Problem {
  const folder = shownPath((paths[0] ?? '').split('/').slice(0, -1).join('/'));
  return warning(
    'landing.case',
    `${formatQuantity(paths.length, 'file')} of ${folder} ${paths.length === 1 ? 'is' : 'are'} not read: landing('${pattern}') has the folder only in another case.`,
    { hint: `Did you mean landing('${meant}')? Names compare with their case on every system.`, place },
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
