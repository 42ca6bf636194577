import * as vscode from 'vscode';

const manage = 'Manage Workspace Trust';

/**
 * Tells whether this folder may run SQL. When it may not, the person is told why and offered the way out.
 *
 * @param work what can't be done, as the start of a sentence: `Running the pipeline`
 */
export function isAllowed(work: string): boolean {
  if (vscode.workspace.isTrusted) return true;
  const reason =
    'SQL can read any file of this machine, so nothing runs in a folder you have not said you trust.';
  vscode.window.showWarningMessage(`${work} has to wait. ${reason}`, manage).then((choice) => {
    if (choice === manage) manageTrust();
  });
  return false;
}

/** Opens VS Code's own page about the trust in this folder. */
export function manageTrust(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.trust.manage');
}
