import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeNotebook } from '../../notebook/bytes.js';
import { emptyNotebook } from '../../notebook/notebook.js';
import { ProblemError, problem } from '../../protocol/problem.js';
import { cellLanguage } from '../notebook/identifiers.js';

/** Opens a notebook, which is made when it is missing. */
export async function openOrMake(file: string): Promise<vscode.NotebookDocument> {
  await makeIfMissing(file);
  return vscode.workspace.openNotebookDocument(vscode.Uri.file(file));
}

/** Adds a SQL cell at the end of a notebook. Throws a ProblemError `workspace.refused` when the editor does not. */
export async function appendCell(notebook: vscode.NotebookDocument, text: string): Promise<void> {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, cellLanguage);
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(notebook.cellCount, [cell])]);
  if (await vscode.workspace.applyEdit(edit)) return;
  throw new ProblemError(
    problem('workspace.refused', `The editor did not change ${path.basename(notebook.uri.fsPath)}.`, {
      hint: 'See whether it is read-only, or open elsewhere.',
    }),
  );
}

async function makeIfMissing(file: string): Promise<void> {
  if (existsSync(file)) return;
  const heading = { kind: 'markdown', text: '# Your own data', metadata: {} } as const;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, writeNotebook(emptyNotebook([heading])), { flag: 'wx' });
}
