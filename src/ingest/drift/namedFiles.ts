import { shownPath } from '../fileProblem.js';

/** Files in a sentence: the first one, and how many more. */
export function namedFiles(files: readonly string[]): string {
  const [first = '', ...more] = files;
  if (more.length === 0) return shownPath(first);
  return `${shownPath(first)} and ${more.length} more ${more.length === 1 ? 'file' : 'files'}`;
}
