import * as vscode from 'vscode';
import { formatQuantity } from '../../protocol/wording.js';
import { commandIds } from '../identifiers.js';
import type { DataNode } from '../views/dataNodes.js';
import { rowsApartRequest } from '../views/rowsApart.js';
import { cancellable } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';

const open = 'Open';

/** *Export as CSV…*: rejected or quarantined rows as a file for whoever made them. Without a file it asks for one. */
export function registerExportRows(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.exportRows, (node?: DataNode, target?: unknown) =>
    telling(services.log, async () => {
      if (node?.kind !== 'apart') return;
      // The menu of a tree gives the selected nodes as its second argument.
      await exportRows(services, node, target instanceof vscode.Uri ? target : undefined);
    }),
  );
}

async function exportRows(
  { kernels }: Services,
  { table, apart }: Extract<DataNode, { readonly kind: 'apart' }>,
  given: vscode.Uri | undefined,
): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Exporting rows')) return;
  const file = given ?? (await askForFile(root, `${table.name.replace('.', '_')}_${apart.kind}.csv`));
  if (file === undefined) return;
  const request = { rows: rowsApartRequest(table.name, apart), file: file.fsPath };
  const { rows } = await cancellable(`Exporting ${table.name}`, (signal) =>
    kernels.reader(root).request('export rows', request, { signal }),
  );
  const name = vscode.workspace.asRelativePath(file);
  vscode.window
    .showInformationMessage(`Wrote ${formatQuantity(rows, 'row')} to ${name}.`, open)
    .then((choice) => {
      if (choice === open) vscode.commands.executeCommand('vscode.open', file);
    });
}

function askForFile(root: string, name: string): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title: 'Export as CSV',
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(root), name),
    filters: { 'CSV files': ['csv'] },
  });
}
