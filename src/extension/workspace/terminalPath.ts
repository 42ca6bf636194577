import path from 'node:path';
import type * as vscode from 'vscode';

/**
 * Puts the bundled command line on the path of the editor's terminals. It runs in the editor's own Node, so
 * that nobody has to install one.
 */
export function offerCommandLine({
  environmentVariableCollection: variables,
  extensionPath,
}: Pick<vscode.ExtensionContext, 'environmentVariableCollection' | 'extensionPath'>): void {
  variables.description = 'Adds the command `ratatouille`';
  variables.replace('RATATOUILLE_NODE', process.execPath);
  variables.prepend('PATH', path.join(extensionPath, 'bin') + path.delimiter);
}
