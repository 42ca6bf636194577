import * as vscode from 'vscode';
import type { Place, Problem } from '../../protocol/problem.js';
import { problemRange } from '../execution/problemRange.js';

/** A problem as the editor underlines it; it can be asked for its problem again. */
class ProblemDiagnostic extends vscode.Diagnostic {
  constructor(
    range: vscode.Range,
    readonly problem: Problem,
  ) {
    const { message, hint, severity } = problem;
    super(
      range,
      hint === undefined ? message : `${message}\n${hint}`,
      severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
    );
    this.source = 'Ratatouille';
    this.code = problem.code;
  }
}

/** Marks a problem at a place of a cell. */
export function toDiagnostic(
  document: vscode.TextDocument,
  place: Place,
  problem: Problem,
): vscode.Diagnostic {
  const { startLine, startCharacter, endLine, endCharacter } = problemRange(document.getText(), place);
  return new ProblemDiagnostic(new vscode.Range(startLine, startCharacter, endLine, endCharacter), problem);
}

/** The problem that a diagnostic marks; undefined for one of another extension. */
export function problemOf(diagnostic: vscode.Diagnostic): Problem | undefined {
  return diagnostic instanceof ProblemDiagnostic ? diagnostic.problem : undefined;
}
