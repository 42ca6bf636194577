import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeNotebook } from '../../notebook/bytes.js';
import { emptyNotebook } from '../../notebook/notebook.js';
import { cellLanguage } from '../notebook/identifiers.js';
import { revealCell } from '../views/modelCell.js';

/**
 * Adds a SQL cell at the end of a notebook, which is made when it is missing, and shows it. It is saved
 * unless the notebook has edits that a person has not saved.
 */
export async function appendCell(file: string, text: string): Promise<void> {
  await makeIfMissing(file);
  const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(file));
  const wasDirty = notebook.isDirty;
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, cellLanguage);
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(notebook.cellCount, [cell])]);
  await vscode.workspace.applyEdit(edit);
  await revealCell(notebook, notebook.cellCount - 1);
  if (!wasDirty) await notebook.save();
}

async function makeIfMissing(file: string): Promise<void> {
  if (existsSync(file)) return;
  const heading = { kind: 'markdown', text: '# Your own data', metadata: {} } as const;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, writeNotebook(emptyNotebook([heading])), { flag: 'wx' });
}
