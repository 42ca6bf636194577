import * as vscode from 'vscode';
import { cellStatements } from '../../notebook/statements.js';
import { cellOf, isSqlCell, openNotebooks } from './cells.js';
import { problemOf, toDiagnostic } from './problemDiagnostic.js';
import { restMs } from './projectKnowledge.js';

/**
 * Underlines what is wrong with declarations and with the forms of models while they are typed. A problem that
 * a run has marked as well is left to the run's mark, so that it is told once.
 */
export class TypingMarks implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('ratatouille typing');
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #listeners: readonly vscode.Disposable[];

  constructor() {
    this.#listeners = [
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#markCells(notebook.getCells())),
      vscode.workspace.onDidChangeNotebookDocument(({ contentChanges }) => {
        for (const { addedCells, removedCells } of contentChanges) {
          for (const { document } of removedCells) this.#forget(document);
          this.#markCells(addedCells);
        }
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#markSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#avoidRepeating(uris)),
    ];
    for (const notebook of openNotebooks()) this.#markCells(notebook.getCells());
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const each of [...this.#listeners, this.#diagnostics]) each.dispose();
  }

  #markCells(cells: readonly vscode.NotebookCell[]): void {
    for (const cell of cells) if (isSqlCell(cell)) this.#mark(cell.document);
  }

  #markSoon(document: vscode.TextDocument): void {
    if (cellOf(document) === undefined) return;
    clearTimeout(this.#waiting.get(document));
    const timer = setTimeout(() => {
      this.#waiting.delete(document);
      this.#mark(document);
    }, restMs);
    this.#waiting.set(document, timer);
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#diagnostics.delete(document.uri);
  }

  #mark(document: vscode.TextDocument): void {
    if (document.isClosed) return;
    const { problems } = cellStatements(document.getText());
    const found = problems.map((problem) => toDiagnostic(document, problem.place ?? {}, problem));
    const before = this.#diagnostics.get(document.uri) ?? [];
    const others = vscode.languages
      .getDiagnostics(document.uri)
      .filter((each) => problemOf(each) !== undefined && !before.includes(each));
    const told = new Set(others.map(identity));
    const marks = found.filter((each) => !told.has(identity(each)));
    // Setting what is set already would tell of a change, and this is called on every change.
    if (marks.map(identity).join('\n') !== before.map(identity).join('\n')) {
      this.#diagnostics.set(document.uri, marks);
    }
  }

  #avoidRepeating(uris: readonly vscode.Uri[]): void {
    const changed = new Set(uris.map(String));
    for (const cell of openNotebooks().flatMap((notebook) => notebook.getCells())) {
      const { document } = cell;
      const isResting = !this.#waiting.has(document);
      if (isResting && isSqlCell(cell) && changed.has(document.uri.toString())) this.#mark(document);
    }
  }
}

function identity({ code, message, range }: vscode.Diagnostic): string {
  const { start, end } = range;
  return JSON.stringify([code, message, start.line, start.character, end.line, end.character]);
}
