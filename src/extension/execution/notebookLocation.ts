import path from 'node:path';
import { requireProjectRoot } from '../../project/root.js';
import { ProblemError, problem } from '../../protocol/problem.js';

/** Where a notebook is: its project's root, and its path from there with forward slashes. */
export interface NotebookLocation {
  readonly root: string;
  readonly path: string;
}

/**
 * Finds the project of a notebook.
 * Throws a ProblemError `project.missing` when there is none, as for a notebook that is no file.
 */
export function locateNotebook(uri: { readonly scheme: string; readonly fsPath: string }): NotebookLocation {
  if (uri.scheme !== 'file') {
    throw new ProblemError(
      problem('project.missing', 'This notebook is not a file yet, so it belongs to no project.', {
        hint: 'Save it into a project’s notebooks folder, then run it.',
      }),
    );
  }
  const root = requireProjectRoot(path.dirname(uri.fsPath));
  return { root, path: path.relative(root, uri.fsPath).split(path.sep).join('/') };
}
