import path from 'node:path';
import * as vscode from 'vscode';
import { type QuickFix, quickFixes } from '../../language/quickFixes.js';
import type { CellCommands } from './cellCommands.js';
import { cellOf } from './cells.js';
import { problemOf } from './problemDiagnostic.js';
import type { ProjectKnowledge, ProjectKnowledgeBase } from './projectKnowledge.js';
import { toRange, toSpan } from './ranges.js';

/** Offers what can be done about the problems that are marked in a cell. */
export class QuickFixProvider implements vscode.CodeActionProvider {
  constructor(
    private readonly knowledge: ProjectKnowledgeBase,
    private readonly commands: CellCommands,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const cell = cellOf(document);
    if (cell === undefined) return [];
    const known = await this.knowledge.of(cell.notebook);
    return diagnostics.flatMap((diagnostic) => this.#actions(cell, diagnostic, known));
  }

  #actions(
    cell: vscode.NotebookCell,
    diagnostic: vscode.Diagnostic,
    known: ProjectKnowledge,
  ): readonly vscode.CodeAction[] {
    const problem = problemOf(diagnostic);
    if (problem === undefined) return [];
    const { document } = cell;
    const span = toSpan(document, diagnostic.range);
    const marked = { problem, notebook: known.notebook, text: document.getText(), span };
    return quickFixes(marked, known.catalog).map((fix, index) => {
      const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.isPreferred = index === 0;
      return Object.assign(action, this.#effect(fix, cell, known));
    });
  }

  #effect(
    fix: QuickFix,
    cell: vscode.NotebookCell,
    { root }: ProjectKnowledge,
  ): Pick<vscode.CodeAction, 'edit' | 'command'> {
    switch (fix.kind) {
      case 'replace': {
        const edit = new vscode.WorkspaceEdit();
        edit.replace(cell.document.uri, toRange(cell.document, fix.span), fix.text);
        return { edit };
      }
      case 'move cell':
        return { command: this.commands.move(cell.notebook.cellAt(fix.cell - 1), fix.above - 1) };
      case 'run cell':
        return { command: this.commands.runInOrder([cell.notebook.cellAt(fix.cell - 1), cell]) };
      case 'go to cell':
        return {
          command: this.commands.show(vscode.Uri.file(path.join(root ?? '', fix.notebook)), fix.cell - 1),
        };
      case 'run with upstream':
        return { command: this.commands.runWithUpstream(cell) };
      case 'accept drift':
        return { command: this.commands.acceptDrift(fix.pattern) };
      case 'trust':
        return { command: { command: 'workbench.trust.manage', title: fix.title } };
    }
  }
}
