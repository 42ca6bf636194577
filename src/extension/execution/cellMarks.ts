import * as vscode from 'vscode';
import type { Problem } from '../../protocol/problem.js';
import { placeProblems } from './problemPlacement.js';
import { problemRange } from './problemRange.js';

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
    this.#diagnostics.dispose();
  }
}

function toDiagnostic(
  document: vscode.TextDocument,
  place: Parameters<typeof problemRange>[1],
  problem: Problem,
): vscode.Diagnostic {
  const range = problemRange(document.getText(), place);
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(range.startLine, range.startCharacter, range.endLine, range.endCharacter),
    problem.hint === undefined ? problem.message : `${problem.message}\n${problem.hint}`,
    problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Ratatouille';
  diagnostic.code = problem.code;
  return diagnostic;
}
