import * as vscode from 'vscode';
import { cellLanguage, notebookType } from '../notebook/identifiers.js';

/** The cells of our notebooks that hold SQL. */
export const sqlCells: vscode.DocumentFilter = { language: cellLanguage, notebookType };

/** The cell that a document is the text of; undefined for any other document, and for a cell that is gone. */
export function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  if (document.languageId !== cellLanguage) return undefined;
  return openNotebooks()
    .filter(({ uri }) => uri.path === document.uri.path)
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document);
}

export function openNotebooks(): readonly vscode.NotebookDocument[] {
  return vscode.workspace.notebookDocuments.filter((notebook) => notebook.notebookType === notebookType);
}

/** Tells a cell that runs from one of words, and from one of another language. */
export function isSqlCell({ kind, document }: vscode.NotebookCell): boolean {
  return kind === vscode.NotebookCellKind.Code && document.languageId === cellLanguage;
}
