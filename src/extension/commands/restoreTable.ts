import * as vscode from 'vscode';
import { commandIds } from '../identifiers.js';
import type { DataNode } from '../views/dataNodes.js';
import { quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import { problemSentence } from '../workspace/problemSentence.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { restoreMessage } from './changeMessages.js';
import { changing } from './changing.js';
import { type RestoreChoice, restoreChoices } from './restoreChoices.js';

type Target = Pick<RestoreChoice, 'table' | 'version'>;

/** *Restore…*: an earlier version becomes current again, or a table that was removed comes back. */
export function registerRestore(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.restore, (item?: DataNode) =>
    telling(services.log, () => chooseAndRestore(services, item)),
  );
}

/** Of one table where it was called on it, else of all. */
async function chooseAndRestore(services: Services, item: DataNode | undefined): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Restoring')) return;
  const table = item?.kind === 'table' ? item.table.name : undefined;
  const choice = await choose(services, root, table);
  if (choice !== undefined) await restore(services, root, choice);
}

async function choose(
  { kernels }: Services,
  root: string,
  table: string | undefined,
): Promise<Target | undefined> {
  const { tables, problems } = await quietly('Looking at what is kept', (signal) =>
    kernels.reader(root).request('kept tables', table === undefined ? {} : { table }, { signal }),
  );
  for (const problem of problems) vscode.window.showWarningMessage(problemSentence(problem));
  const items = restoreChoices(tables).flatMap(([heading, choices]) => [
    ...(table === undefined ? [{ label: heading, kind: vscode.QuickPickItemKind.Separator }] : []),
    ...choices,
  ]);
  if (items.length === 0) {
    vscode.window.showInformationMessage(
      `There is nothing to restore: no earlier version ${table === undefined ? 'and no removed table' : `of ${table}`} is kept.`,
    );
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: table === undefined ? 'Restore a Table' : `Restore ${table}`,
    placeHolder: 'Which version should be the current one? The one of now is kept.',
    matchOnDescription: true,
  });
  return chosen !== undefined && 'version' in chosen ? chosen : undefined;
}

/** Nobody waits for the answer to its message: it may take it back. */
async function restore(services: Services, root: string, { table, version }: Target): Promise<void> {
  const report = await changing(services, root, `Restoring ${table}`, 'restore', { table, version });
  const { replaced } = report;
  const back = replaced === undefined ? [] : [`Back to Version ${replaced}`];
  vscode.window.showInformationMessage(restoreMessage(report), ...back).then((choice) => {
    if (choice === undefined || replaced === undefined) return;
    telling(services.log, () => restore(services, root, { table, version: replaced }));
  });
}
