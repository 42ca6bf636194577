import * as vscode from 'vscode';
import { notebookType } from '../notebook/identifiers.js';

/** Our open notebooks whose files have not what is on the screen; one that has no file yet is nobody's business. */
export function unsavedNotebooks(): readonly vscode.NotebookDocument[] {
  return vscode.workspace.notebookDocuments.filter(
    (notebook) => notebook.notebookType === notebookType && notebook.isDirty && !notebook.isUntitled,
  );
}
