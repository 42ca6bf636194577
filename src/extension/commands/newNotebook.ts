import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeNotebook } from '../../notebook/bytes.js';
import { type Cell, emptyNotebook } from '../../notebook/notebook.js';
import { commandIds } from '../identifiers.js';
import { revealCell } from '../views/modelCell.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { folderName } from './folderName.js';

/** *New Notebook*: a file from the start, since a notebook that is no file belongs to no project. */
export function registerNewNotebook({ log }: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.newNotebook, () => telling(log, newNotebook));
}

async function newNotebook(): Promise<void> {
  const folder = path.join(requireCurrentProject(), 'notebooks');
  const title = await vscode.window.showInputBox({
    title: 'New Notebook',
    prompt: 'What is it about?',
    value: 'My questions',
    validateInput: (text) => nameFault(folder, text),
  });
  if (title === undefined) return;
  const file = fileOf(folder, title);
  await mkdir(folder, { recursive: true });
  // Fails for a file that appeared meanwhile: nothing of a person's is ever overwritten.
  await writeFile(file, writeNotebook(emptyNotebook(firstCells(title))), { flag: 'wx' });
  await revealCell(await vscode.workspace.openNotebookDocument(vscode.Uri.file(file)), 1);
}

function firstCells(title: string): readonly Cell[] {
  return [
    { kind: 'markdown', text: `# ${title.trim()}`, metadata: {} },
    { kind: 'code', text: '', metadata: {} },
  ];
}

function nameFault(folder: string, title: string): string | undefined {
  if (folderName(title) === '') return 'Use at least one letter or digit.';
  const file = fileOf(folder, title);
  return existsSync(file) ? `There is a notebook ${path.basename(file)} already.` : undefined;
}

function fileOf(folder: string, title: string): string {
  return path.join(folder, `${folderName(title).replaceAll('-', '_')}.ratnb`);
}
