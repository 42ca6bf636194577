import * as vscode from 'vscode';
import type { Renaming } from '../../language/cellStatus.js';
import { commandIds } from '../identifiers.js';
import type { DataNode } from '../views/dataNodes.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import { saveNotebooks } from '../workspace/saveNotebooks.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { unsavedNotebooks } from '../workspace/unsavedNotebooks.js';
import { renameMessage } from './changeMessages.js';
import { changing } from './changing.js';

/** *Keep Its Versions Under the New Name*: a table whose model was renamed goes on under that name. */
export function registerKeepVersions(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.keepVersions, (about?: DataNode | Renaming) =>
    telling(services.log, async () => {
      const renaming = renamingOf(about);
      if (renaming !== undefined) await keepVersions(services, renaming);
    }),
  );
}

function renamingOf(about: DataNode | Renaming | undefined): Renaming | undefined {
  if (about === undefined || 'from' in about) return about;
  return about.kind === 'table' ? about.table.renaming : undefined;
}

async function keepVersions(services: Services, { from, to }: Renaming): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Renaming')) return;
  // The new name counts as it is saved.
  await saveNotebooks(unsavedNotebooks());
  const report = await changing(services, root, `Giving ${from} the name ${to}`, 'rename', { from, to });
  vscode.window.showInformationMessage(renameMessage(report));
}
