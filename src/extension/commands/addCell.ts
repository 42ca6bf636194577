import * as vscode from 'vscode';
import type { AddedData } from '../../protocol/addData.js';
import { revealCell } from '../views/modelCell.js';
import { saveNotebooks } from '../workspace/saveNotebooks.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { addedMessage } from './addedMessage.js';
import { appendCell } from './appendCell.js';

interface AddCellServices extends Pick<Services, 'log'> {
  readonly progress: Pick<Services['progress'], 'mark'>;
}

const copyCell = 'Copy the Cell';

/**
 * Adds the cell of a file that landed and saves it, unless the notebook has edits that a person has not saved.
 * Throws a ProblemError `workspace.refused`; the person can have the cell's text then.
 */
export async function addCell(
  { log, progress }: AddCellServices,
  notebook: vscode.NotebookDocument,
  added: AddedData,
): Promise<void> {
  const wasDirty = notebook.isDirty;
  try {
    await appendCell(notebook, added.cell);
  } catch (error) {
    // Nobody waits for the answer: why it was not added is told beside it.
    telling(log, () => offerCell(added));
    throw error;
  }
  await revealCell(notebook, notebook.cellCount - 1);
  progress.mark('ownData');
  if (!wasDirty) await saveNotebooks([notebook]);
  tell(added);
}

/** What is not as it was shown is a warning: it stays until it was seen. */
function tell(added: AddedData): void {
  const message = addedMessage(added);
  if (added.widened.length > 0) vscode.window.showWarningMessage(message);
  else vscode.window.showInformationMessage(message);
}

async function offerCell({ cell, path }: AddedData): Promise<void> {
  const message = `The file is in ${path}, but no notebook has its cell yet.`;
  const choice = await vscode.window.showWarningMessage(message, copyCell);
  if (choice === copyCell) await vscode.env.clipboard.writeText(cell);
}
