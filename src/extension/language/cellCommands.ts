import * as vscode from 'vscode';
import { internalCommandIds } from '../identifiers.js';

/** Runs a cell of a notebook with all that its models read brought up to date first. */
export interface UpstreamRunner {
  runWithUpstream(cell: vscode.NotebookCell): Promise<void>;
}

/** What a click on a quick fix or below a cell does, as commands that carry their cells. */
export class CellCommands implements vscode.Disposable {
  readonly #registrations: readonly vscode.Disposable[];

  constructor(runner: UpstreamRunner) {
    const { runCells, runWithUpstream, showCell, moveCell } = internalCommandIds;
    this.#registrations = [
      vscode.commands.registerCommand(runCells, runInOrder),
      vscode.commands.registerCommand(runWithUpstream, (cell: vscode.NotebookCell) =>
        runner.runWithUpstream(cell),
      ),
      vscode.commands.registerCommand(showCell, openAtCell),
      vscode.commands.registerCommand(moveCell, moveAbove),
    ];
  }

  /** Runs cells of one notebook one after the other. */
  runInOrder(cells: readonly vscode.NotebookCell[]): vscode.Command {
    return { command: internalCommandIds.runCells, title: 'Run', arguments: [cells] };
  }

  runWithUpstream(cell: vscode.NotebookCell): vscode.Command {
    return { command: internalCommandIds.runWithUpstream, title: 'Run with Upstream', arguments: [cell] };
  }

  /** Opens a notebook at a cell, by its index. */
  show(notebook: vscode.Uri, index: number): vscode.Command {
    return { command: internalCommandIds.showCell, title: 'Go to Cell', arguments: [notebook, index] };
  }

  /** Moves a cell above another one of its notebook, which is given by its index. */
  move(cell: vscode.NotebookCell, above: number): vscode.Command {
    return { command: internalCommandIds.moveCell, title: 'Move Cell', arguments: [cell, above] };
  }

  /** Lets a person choose what the contract of a pattern says of files that differ from it. */
  acceptDrift(pattern: string): vscode.Command {
    return { command: internalCommandIds.acceptDrift, title: 'Choose', arguments: [pattern] };
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }
}

/** The queue of their notebook keeps the order; a cell that was deleted meanwhile has no index. */
async function runInOrder(cells: readonly vscode.NotebookCell[]): Promise<void> {
  for (const { index, notebook } of cells) {
    if (index < 0) continue;
    const ranges = [{ start: index, end: index + 1 }];
    await vscode.commands.executeCommand('notebook.cell.execute', { ranges, document: notebook.uri });
  }
}

async function openAtCell(uri: vscode.Uri, index: number): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const range = new vscode.NotebookRange(index, index + 1);
  const editor = await vscode.window.showNotebookDocument(notebook, { selections: [range] });
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}

/** The cell's output goes with it. The editor counts both indexes as they are before the edit. */
async function moveAbove(cell: vscode.NotebookCell, above: number): Promise<void> {
  const { kind, document, metadata, outputs, executionSummary, index, notebook } = cell;
  if (index < 0) return;
  const data = new vscode.NotebookCellData(kind, document.getText(), document.languageId);
  data.metadata = metadata;
  data.outputs = [...outputs];
  if (executionSummary !== undefined) data.executionSummary = executionSummary;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [
    vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(index, index + 1)),
    vscode.NotebookEdit.insertCells(above, [data]),
  ]);
  await vscode.workspace.applyEdit(edit);
}
