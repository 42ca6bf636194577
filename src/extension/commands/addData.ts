import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PreviewContent } from '../../protocol/preview.js';
import { commandIds } from '../identifiers.js';
import { addAction, incomingContent, inspectAction } from '../preview/previewContent.js';
import { askForTable } from '../workspace/askForTable.js';
import { quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { addCell } from './addCell.js';
import { openOrMake } from './appendCell.js';
import { chooseNotebook } from './chooseNotebook.js';

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
  const file = given ?? (await askForTable('Which file do you want to add?', homedir()));
  if (file === undefined) return false;
  const request = { file: file.fsPath };
  const kernel = services.kernels.reader(root);
  const preview = await quietly(`Looking at ${path.basename(file.fsPath)}`, (signal) =>
    kernel.request('look at data', request, { signal }),
  );
  const choice = await offer(services, incomingContent(preview), file);
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

/** A person may look into the file as often as they like before they decide. */
async function offer(
  { preview }: Services,
  content: PreviewContent,
  file: vscode.Uri,
): Promise<string | undefined> {
  let choice = await preview.show(content);
  while (choice === inspectAction) {
    const next = preview.show(content);
    await vscode.commands.executeCommand(commandIds.inspectFile, file);
    choice = await next;
  }
  return choice;
}
