import { ProblemError, problem } from '../protocol/problem.js';

/** Throws a ProblemError `landing.path` for a path that leaves the landing folder. */
export function requireLandingPath(path: string): void {
  if (!path.split(/[\\/]/).includes('..')) return;
  throw new ProblemError(
    problem('landing.path', `“${path}” is not in data/landing.`, {
      hint: 'Choose a file in the Landing folder.',
    }),
  );
}
