import type * as vscode from 'vscode';
import { ProblemError, problem } from '../../protocol/problem.js';

type Savable = Pick<vscode.NotebookDocument, 'save' | 'uri'>;

/** Saves notebooks. Throws a ProblemError `workspace.refused` when one could not be. */
export async function saveNotebooks(notebooks: readonly Savable[]): Promise<void> {
  const saved = await Promise.all(notebooks.map((notebook) => notebook.save()));
  const failed = notebooks.find((_, index) => !saved[index]);
  if (failed === undefined) return;
  throw new ProblemError(
    problem('workspace.refused', `${failed.uri.path.split('/').at(-1)} could not be saved.`, {
      hint: 'What you see is not what its file has. Save it by hand, which says why, and try again.',
    }),
  );
}
