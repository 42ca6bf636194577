import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';

/** The file that makes a folder a project. */
export const settingsFileName = 'ratatouille.json';

/** The nearest folder at or above `directory` with a settings file; undefined when there is none. */
export function findProjectRoot(directory: string): string | undefined {
  let current = resolve(directory);
  for (;;) {
    if (existsSync(join(current, settingsFileName))) return current;
    const parent = dirname(current);
    if (parent === current) return undefined;
    current = parent;
  }
}

/** As {@link findProjectRoot}; throws a ProblemError `project.missing` when there is none. */
export function requireProjectRoot(directory: string): string {
  const root = findProjectRoot(directory);
  if (root !== undefined) return root;
  throw new ProblemError(
    problem('project.missing', `There is no ${settingsFileName} in ${resolve(directory)} or above it.`, {
      hint: 'Open a folder that is a Ratatouille project, or make one: `ratatouille init my-project`.',
    }),
  );
}
