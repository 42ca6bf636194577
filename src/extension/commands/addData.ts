import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AddedData } from '../../protocol/addData.js';
import { commandIds } from '../identifiers.js';
import { addAction, incomingContent } from '../preview/previewContent.js';
import { revealCell } from '../views/modelCell.js';
import { quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import { saveNotebooks } from '../workspace/saveNotebooks.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { appendCell, openOrMake } from './appendCell.js';
import { chooseNotebook } from './chooseNotebook.js';

const copyCell = 'Copy the Cell';

/** *Add Data…*: a file is looked at, agreed to, copied into landing, and gets the cell that builds its bronze table. */
export function registerAddData(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.addData, (given?: unknown) =>
    telling(services.log, () => addData(services, given instanceof vscode.Uri ? given : undefined)),
  );
}

/** Tells whether the person wants to go on: false where they did not want this file, or may not add any. */
async function addData(services: Services, given: vscode.Uri | undefined): Promise<boolean> {
  const root = requireCurrentProject();
  if (!isAllowed('Adding data')) return false;
  // Asked before the preview comes to the front: after that no notebook is the active one.
  const target = chooseNotebook(root, vscode.window.activeNotebookEditor?.notebook.uri.fsPath);
  const file = given ?? (await askFile());
  if (file === undefined) return false;
  const request = { file: file.fsPath };
  const kernel = services.kernels.reader(root);
  const preview = await quietly(`Looking at ${path.basename(file.fsPath)}`, (signal) =>
    kernel.request('look at data', request, { signal }),
  );
  const choice = await services.preview.show(incomingContent(preview));
  if (choice === undefined) return false;
  services.preview.close();
  if (choice !== addAction) return false;
  // Opened first: a file must not land whose cell has no place.
  const notebook = await openOrMake(path.join(root, target));
  const added = await quietly(`Adding ${path.basename(file.fsPath)}`, (signal) =>
    kernel.request('add data', request, { signal }),
  );
  services.watch.tell();
  await addCell(services, notebook, added);
  return true;
}

/** Adds the cell and saves it, unless the notebook has edits that a person has not saved. */
async function addCell(
  { log, progress }: Services,
  notebook: vscode.NotebookDocument,
  { cell, table, path: landed }: AddedData,
): Promise<void> {
  const wasDirty = notebook.isDirty;
  try {
    await appendCell(notebook, cell);
  } catch (error) {
    // Nobody waits for the answer: why it was not added is told beside it.
    telling(log, () => offerCell(cell, landed));
    throw error;
  }
  await revealCell(notebook, notebook.cellCount - 1);
  progress.mark('ownData');
  if (!wasDirty) await saveNotebooks([notebook]);
  vscode.window.showInformationMessage(`Added. Run the new cell to build ${table}.`);
}

async function offerCell(cell: string, landed: string): Promise<void> {
  const message = `The file is in ${landed}, but no notebook has its cell yet.`;
  const choice = await vscode.window.showWarningMessage(message, copyCell);
  if (choice === copyCell) await vscode.env.clipboard.writeText(cell);
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Which file do you want to add?',
    openLabel: 'Look at It',
    filters: { 'Text tables': ['csv', 'tsv', 'txt', 'gz'], 'All files': ['*'] },
    defaultUri: vscode.Uri.file(homedir()),
  });
  return chosen?.[0];
}
