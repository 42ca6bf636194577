import * as vscode from 'vscode';
import { notebookType } from '../notebook/identifiers.js';

/** Says in a running cell's status bar what it is doing. */
export class CellProgress implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  readonly #texts = new Map<vscode.NotebookCell, string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #registration = vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, this);
  readonly onDidChangeCellStatusBarItems = this.#changed.event;

  tell(cell: vscode.NotebookCell, text: string | undefined): void {
    if (this.#texts.get(cell) === text) return;
    if (text === undefined) this.#texts.delete(cell);
    else this.#texts.set(cell, text);
    this.#changed.fire();
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    const text = this.#texts.get(cell);
    if (text === undefined) return [];
    return [new vscode.NotebookCellStatusBarItem(text, vscode.NotebookCellStatusBarAlignment.Left)];
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
