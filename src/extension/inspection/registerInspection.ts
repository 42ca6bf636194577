import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../identifiers.js';
import type { DataNode } from '../views/dataNodes.js';
import { isRowsFile } from '../views/dataTreeItem.js';
import { askForTable } from '../workspace/askForTable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { Inspections } from './inspections.js';

/** *Inspect File*: what is in a CSV file, whether it reads as it is, and what differs from its contract. */
export function registerInspection(services: Services): vscode.Disposable {
  const inspections = new Inspections(services);
  return vscode.Disposable.from(
    inspections,
    vscode.commands.registerCommand(commandIds.inspectFile, (item?: DataNode | vscode.Uri) =>
      telling(services.log, async () => {
        if (!isAllowed('Inspecting a file')) return;
        const file = await fileOf(item);
        if (file !== undefined) await inspections.show(file);
      }),
    ),
  );
}

/** A file of the *Data* tree or of the Explorer; without one, as from the palette, the one in front or a chosen one. */
async function fileOf(item: DataNode | vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (item instanceof vscode.Uri) return item;
  const { landingFolder } = await import('../views/readProject.js');
  const landing = landingFolder(requireCurrentProject());
  if (item?.kind === 'file') return vscode.Uri.file(path.join(landing, item.path));
  if (item !== undefined) return undefined;
  return fileInFront() ?? askForTable('Which file do you want to inspect?', landing);
}

function fileInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isRows =
    input instanceof vscode.TabInputText && input.uri.scheme === 'file' && isRowsFile(input.uri.path);
  return isRows ? input.uri : undefined;
}
