import * as vscode from 'vscode';
import { findProjectRoot } from '../../project/root.js';
import { ProblemError, problem } from '../../protocol/problem.js';

/**
 * The root of the project that a person works in: that of the notebook in front, else that of the first
 * folder that is, or lies in, a project. Undefined when there is none.
 */
export function currentProject(): string | undefined {
  return candidateFolders()
    .map(findProjectRoot)
    .find((root) => root !== undefined);
}

/** As {@link currentProject}; throws a ProblemError `project.missing` when there is none. */
export function requireCurrentProject(): string {
  const root = currentProject();
  if (root !== undefined) return root;
  throw new ProblemError(
    problem('project.missing', 'No Ratatouille project is open.', {
      hint: 'Make one with “Ratatouille: New Project”, or open a folder that has a ratatouille.json.',
    }),
  );
}

function candidateFolders(): readonly string[] {
  const notebook = vscode.window.activeNotebookEditor?.notebook.uri;
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [
    ...(notebook === undefined ? [] : [vscode.Uri.joinPath(notebook, '..')]),
    ...folders.map(({ uri }) => uri),
  ]
    .filter(({ scheme }) => scheme === 'file')
    .map(({ fsPath }) => fsPath);
}
