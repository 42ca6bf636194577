import path from 'node:path';
import * as vscode from 'vscode';
import { settingsFileName } from '../../project/root.js';
import type { Place, Problem } from '../../protocol/problem.js';
import { problemRange, type TextRange } from '../execution/problemRange.js';
import { problemSentence } from '../workspace/problemSentence.js';

/** Underlines what a run of the whole project found, in cells and files, until they are edited or it runs again. */
export class PipelineMarks implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('ratatouille pipeline');
  readonly #edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.#diagnostics.delete(document.uri);
  });

  /** Replaces the marks of the run before. */
  async mark(root: string, problems: readonly Problem[]): Promise<void> {
    this.#diagnostics.clear();
    const marks = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const problem of problems) {
      const { uri, range } = await locate(root, problem.place ?? {});
      const [, diagnostics] = marks.get(uri.toString()) ?? [uri, []];
      marks.set(uri.toString(), [uri, [...diagnostics, toDiagnostic(range, problem)]]);
    }
    for (const [uri, diagnostics] of marks.values()) this.#diagnostics.set(uri, diagnostics);
  }

  dispose(): void {
    this.#edits.dispose();
    this.#diagnostics.dispose();
  }
}

interface Location {
  readonly uri: vscode.Uri;
  readonly range: TextRange;
}

/** Where a place is in the editor: in a cell, in a file, or, when it names neither, at the project's settings. */
async function locate(root: string, place: Place): Promise<Location> {
  if (place.notebook === undefined) {
    // A data file may have gigabytes: its line is named without opening it.
    return { uri: vscode.Uri.file(path.join(root, place.file ?? settingsFileName)), range: unread(place) };
  }
  const uri = vscode.Uri.file(path.join(root, place.notebook));
  if (place.cell === undefined) return { uri, range: unread(place) };
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  if (place.cell > notebook.cellCount) return { uri, range: unread({}) };
  const { document } = notebook.cellAt(place.cell - 1);
  return { uri: document.uri, range: problemRange(document.getText(), place) };
}

function unread({ line = 1, column = 1, endLine = line, endColumn = column }: Place): TextRange {
  return {
    startLine: line - 1,
    startCharacter: column - 1,
    endLine: endLine - 1,
    endCharacter: endColumn - 1,
  };
}

function toDiagnostic(range: TextRange, problem: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(range.startLine, range.startCharacter, range.endLine, range.endCharacter),
    problemSentence({ ...problem, place: {} }),
    problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Ratatouille';
  diagnostic.code = problem.code;
  return diagnostic;
}
