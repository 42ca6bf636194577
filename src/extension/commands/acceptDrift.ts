import * as vscode from 'vscode';
import type { ContractChange, DriftReport } from '../../protocol/drift.js';
import { internalCommandIds } from '../identifiers.js';
import { cancellable, quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { driftSteps } from './driftSteps.js';

/** *Choose what the contract says from now on*: the quick fix of files that differ from their contract. */
export function registerAcceptDrift(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand(internalCommandIds.acceptDrift, (pattern: string) =>
    telling(services.log, () => chooseAndAccept(services, pattern)),
  );
}

async function chooseAndAccept({ kernels, watch }: Services, pattern: string): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Changing a contract')) return;
  const report = await quietly('Comparing the files with their contract', (signal) =>
    kernels.reader(root).request('drift', { pattern }, { signal }),
  );
  const changes = await choose(report);
  if (changes === undefined || changes.length === 0) return;
  const changed = await cancellable(`Changing ${report.contract}`, (signal) =>
    kernels.reader(root).request('accept drift', { pattern, changes }, { signal }),
  ).finally(() => watch.tell());
  if (changed === undefined) return;
  vscode.window
    .showInformationMessage(`${changed.contract} was changed. Run the cell again.`, 'Open It')
    .then(async (choice) => {
      if (choice === undefined) return;
      const uri = vscode.Uri.joinPath(vscode.Uri.file(root), changed.contract);
      await vscode.window.showTextDocument(uri);
    });
}

/** One pick for each difference; undefined when a person left one open. */
async function choose(report: DriftReport): Promise<readonly ContractChange[] | undefined> {
  const steps = driftSteps(report);
  if (steps.length === 0) {
    vscode.window.showInformationMessage(`All files fit ${report.contract}.`);
    return undefined;
  }
  const changes: ContractChange[] = [];
  for (const { title, message, picks } of steps) {
    const picked = await vscode.window.showQuickPick(picks, { title, placeHolder: message });
    if (picked?.changes === undefined) return undefined;
    changes.push(...picked.changes);
  }
  return changes;
}
