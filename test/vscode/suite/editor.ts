import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { isResultPayload, type ResultBlock, resultMimeType } from '../../../src/protocol/result.js';

/** The file of the open project. */
export function projectFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/**
 * Opens a notebook as a person does, with our kernel selected. One opened by `openNotebookDocument` would
 * stay open for minutes after its editor is closed.
 */
export async function openNotebook(uri: vscode.Uri): Promise<vscode.NotebookDocument> {
  await vscode.commands.executeCommand('vscode.open', uri);
  await eventually(
    'the notebook is in front',
    () => vscode.window.activeNotebookEditor?.notebook.uri.toString() === uri.toString(),
  );
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  assert(notebook);
  await vscode.commands.executeCommand('notebook.selectKernel', {
    id: 'ratatouille.kernel',
    extension: 'ratatouille.ratatouille',
  });
  return notebook;
}

/**
 * Starts the cells from `start` up to, not including, `end` together. Resolves when they have ended;
 * what their notebook says of it follows later.
 */
export async function startCells(notebook: vscode.NotebookDocument, start: number, end = start + 1) {
  await vscode.commands.executeCommand('notebook.cell.execute', {
    ranges: [{ start, end }],
    document: notebook.uri,
  });
}

/** Presses the stop button of the cells from `start` up to, not including, `end`. */
export async function interruptCells(notebook: vscode.NotebookDocument, start: number, end = start + 1) {
  await vscode.commands.executeCommand('notebook.cell.cancelExecution', {
    ranges: [{ start, end }],
    document: notebook.uri,
  });
}

/** Runs cells together and waits until each has ended. */
export async function runCells(notebook: vscode.NotebookDocument, start: number, end = start + 1) {
  const cells = notebook.getCells().slice(start, end);
  const before = cells.map(endOf);
  await startCells(notebook, start, end);
  await eventually(
    'the cells ended',
    () => cells.every((cell, index) => endOf(cell) !== undefined && endOf(cell) !== before[index]),
    () => cells.map(plainText).join('\n'),
  );
}

/** When a cell's last run ended; undefined while it runs and when it never ran. */
function endOf(cell: vscode.NotebookCell): number | undefined {
  return cell.executionSummary?.timing?.endTime;
}

/** True, false, or undefined for a cell that was cancelled. */
export function success(cell: vscode.NotebookCell): boolean | undefined {
  return cell.executionSummary?.success;
}

/** What a cell shows, as our payload's blocks. */
export function blocks(cell: vscode.NotebookCell): readonly ResultBlock[] {
  return cell.outputs.flatMap((output) => {
    const payload: unknown = JSON.parse(itemText(output, resultMimeType));
    assert(isResultPayload(payload));
    return payload.blocks;
  });
}

/** What a cell shows, as plain text. */
export function plainText(cell: vscode.NotebookCell): string {
  return cell.outputs.map((output) => itemText(output, 'text/plain')).join('\n');
}

function itemText(output: vscode.NotebookCellOutput, mime: string): string {
  const item = output.items.find((candidate) => candidate.mime === mime);
  assert(item, `an output has ${mime}`);
  return new TextDecoder().decode(item.data);
}

/** The texts that are underlined in a cell. */
export function underlined(cell: vscode.NotebookCell): readonly string[] {
  return vscode.languages.getDiagnostics(cell.document.uri).map(({ range }) => cell.document.getText(range));
}

const patienceMs = 30_000;

/** Waits for a state that nothing announces; fails by its name, and what explains it, when it does not come. */
export async function eventually(
  state: string,
  isReached: () => boolean,
  explain: () => string = () => '',
): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!isReached()) {
    if (Date.now() > until) throw new Error(`It never came true that ${state}. ${explain()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function readBytes(uri: vscode.Uri): Promise<Buffer> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri));
}

/** Puts text at the start of a cell, as if it were typed. */
export async function typeAtStart(cell: vscode.NotebookCell, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(cell.document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** A file outside of any project. */
export function outsideFile(name: string): vscode.Uri {
  return vscode.Uri.file(path.join(path.dirname(projectFile('').fsPath), name));
}
