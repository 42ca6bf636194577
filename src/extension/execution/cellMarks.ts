import * as vscode from 'vscode';
import type { Problem } from '../../protocol/problem.js';
import { problemOf, toDiagnostic } from '../language/problemDiagnostic.js';
import { placeProblems } from './problemPlacement.js';

/** Where a run began: the notebook's path in its project, and its cells as they were then. */
export interface RunOrigin {
  readonly path: string;
  readonly cells: readonly vscode.NotebookCell[];
}

/** Underlines the problems of runs in their cells, until the cell is edited or run again. */
export class CellMarks implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('ratatouille');
  readonly #edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.#diagnostics.delete(document.uri);
  });

  readonly #moves = vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
    if (contentChanges.length > 0) this.#forgetOrder(notebook);
  });

  /** Marks the problems of one cell's run; a problem may lie in another cell of the notebook. */
  mark(origin: RunOrigin, ran: number, problems: readonly Problem[]): void {
    const marks = new Map<vscode.TextDocument, vscode.Diagnostic[]>();
    for (const { cell, place, problem } of placeProblems(problems, { notebook: origin.path, cell: ran })) {
      const document = (origin.cells[cell] ?? origin.cells[ran])?.document;
      if (document === undefined) continue;
      marks.set(document, [...(marks.get(document) ?? []), toDiagnostic(document, place, problem)]);
    }
    const ranDocument = origin.cells[ran]?.document;
    if (ranDocument !== undefined) this.#diagnostics.delete(ranDocument.uri);
    for (const [document, diagnostics] of marks) this.#diagnostics.set(document.uri, diagnostics);
  }

  dispose(): void {
    this.#edits.dispose();
    this.#moves.dispose();
    this.#diagnostics.dispose();
  }

  /** What a run said of the order of cells holds no longer when one was moved. */
  #forgetOrder(notebook: vscode.NotebookDocument): void {
    for (const { document } of notebook.getCells()) {
      const marks = this.#diagnostics.get(document.uri) ?? [];
      const kept = marks.filter((mark) => problemOf(mark)?.code !== 'graph.order');
      if (kept.length < marks.length) this.#diagnostics.set(document.uri, kept);
    }
  }
}
