import * as vscode from 'vscode';
import { notebookType } from './identifiers.js';
import type { EditorCell, EditorNotebook } from './notebookData.js';
import { readNotebookFile, writeNotebookFile } from './notebookFile.js';

/** Opens and saves `.ratnb` files. Outputs are not in the file, so running a cell never changes it. */
export function registerSerializer(): vscode.Disposable {
  return vscode.workspace.registerNotebookSerializer(notebookType, new RatnbSerializer(), {
    transientOutputs: true,
  });
}

class RatnbSerializer implements vscode.NotebookSerializer {
  deserializeNotebook(content: Uint8Array): vscode.NotebookData {
    const notebook = readNotebookFile(content);
    const data = new vscode.NotebookData(notebook.cells.map(toCellData));
    data.metadata = { ...notebook.metadata };
    return data;
  }

  serializeNotebook(data: vscode.NotebookData): Uint8Array {
    return writeNotebookFile({ metadata: data.metadata ?? {}, cells: data.cells.map(fromCellData) });
  }
}

function toCellData(cell: EditorCell): vscode.NotebookCellData {
  const kind = cell.kind === 'code' ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup;
  const data = new vscode.NotebookCellData(kind, cell.text, cell.language);
  data.metadata = { ...cell.metadata };
  return data;
}

function fromCellData(data: vscode.NotebookCellData): EditorNotebook['cells'][number] {
  return {
    kind: data.kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
    text: data.value,
    language: data.languageId,
    metadata: data.metadata ?? {},
  };
}
