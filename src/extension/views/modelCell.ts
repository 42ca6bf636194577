import path from 'node:path';
import * as vscode from 'vscode';
import { modelsOfCell } from '../../language/definedModels.js';
import type { Logger } from '../../protocol/logger.js';
import { whyOrphansAreUnknown } from '../../protocol/orphans.js';
import { type Problem, ProblemError, problem } from '../../protocol/problem.js';
import { readSavedModels } from './savedModels.js';

/**
 * Opens the notebook that builds a table at the cell that does. The cell is looked for in the notebook as it
 * is on the screen. Throws a ProblemError when no saved notebook builds it.
 */
export async function showModelCell(root: string, table: string, logger: Logger): Promise<void> {
  const { readSettings } = await import('../../project/settings.js');
  const { byNotebook, problems } = await readSavedModels(root, readSettings(root).notebooks, logger);
  const model = [...byNotebook.values()].flat().find(({ name }) => isSame(name, table));
  if (model === undefined) throw new ProblemError(withoutModel(table, whyOrphansAreUnknown(problems)));
  const uri = vscode.Uri.file(path.join(root, model.notebook));
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const cell = notebook.getCells().find((each) => builds(each, table));
  await revealCell(notebook, cell?.index ?? 0);
}

function withoutModel(table: string, unknown: string | undefined): Problem {
  if (unknown !== undefined) {
    return problem('notebook.unreadable', `Whether a notebook builds ${table} is unknown ${unknown}.`, {
      hint: 'Mend the notebook, or the pattern of notebooks in ratatouille.json, first.',
    });
  }
  return problem('graph.orphan', `No notebook builds ${table} any more.`, {
    hint: 'Its rows are still there. `ratatouille clean --orphans` takes them away.',
  });
}

/** Brings a notebook to the front with a cell selected in its middle. */
export async function revealCell(notebook: vscode.NotebookDocument, index: number): Promise<void> {
  const range = new vscode.NotebookRange(index, index + 1);
  const editor = await vscode.window.showNotebookDocument(notebook, { selections: [range], preview: false });
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}

function builds(cell: vscode.NotebookCell, table: string): boolean {
  return (
    cell.kind === vscode.NotebookCellKind.Code &&
    modelsOfCell(cell.document.getText()).some(({ name }) => isSame(name, table))
  );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
