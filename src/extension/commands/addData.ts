import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../identifiers.js';
import { addAction, incomingContent } from '../preview/previewContent.js';
import { quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { appendCell } from './appendCell.js';
import { chooseNotebook } from './chooseNotebook.js';

/** *Add Data…*: a file is looked at, agreed to, copied into landing, and gets the cell that builds its bronze table. */
export function registerAddData(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.addData, (given?: unknown) =>
    telling(services.log, () => addData(services, given instanceof vscode.Uri ? given : undefined)),
  );
}

async function addData(services: Services, given: vscode.Uri | undefined): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Adding data')) return;
  // Asked before the preview comes to the front: after that no notebook is the active one.
  const target = chooseNotebook(root, vscode.window.activeNotebookEditor?.notebook.uri.fsPath);
  const file = given ?? (await askFile());
  if (file === undefined) return;
  const request = { file: file.fsPath };
  const kernel = services.kernels.reader(root);
  const preview = await quietly(`Looking at ${path.basename(file.fsPath)}`, (signal) =>
    kernel.request('look at data', request, { signal }),
  );
  const choice = await services.preview.show(incomingContent(preview));
  if (choice === undefined) return;
  services.preview.close();
  if (choice !== addAction) return;
  const added = await quietly(`Adding ${path.basename(file.fsPath)}`, (signal) =>
    kernel.request('add data', request, { signal }),
  );
  services.watch.tell();
  await appendCell(path.join(root, target), added.cell);
  services.progress.mark('ownData');
  vscode.window.showInformationMessage(`Added. Run the new cell to build ${added.table}.`);
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
