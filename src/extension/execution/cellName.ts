import type * as vscode from 'vscode';

/** What an output calls its cell in messages. It holds as long as the notebook is open, wherever the cell moves. */
export function cellName(cell: vscode.NotebookCell): string {
  return cell.document.uri.toString();
}

/** The cell of a notebook that an output named; undefined for one that is gone. */
export function findCell(notebook: vscode.NotebookDocument, name: string): vscode.NotebookCell | undefined {
  return notebook.getCells().find((cell) => cellName(cell) === name);
}
