import * as vscode from 'vscode';
import type { KernelController } from '../execution/controller.js';
import { notebookType } from '../notebook/identifiers.js';

/** What a notebook toolbar's button gives its command. */
interface ToolbarContext {
  readonly notebookEditor?: { readonly notebookUri?: vscode.Uri };
}

/** *Restart Kernel*: cancels what runs or waits in a notebook and ends its process. */
export function registerRestartKernel(controller: KernelController): vscode.Disposable {
  return vscode.commands.registerCommand('ratatouille.restartKernel', async (context?: ToolbarContext) => {
    const notebook = context?.notebookEditor?.notebookUri ?? activeNotebook();
    if (notebook !== undefined) await controller.stop(notebook);
  });
}

function activeNotebook(): vscode.Uri | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return notebook?.notebookType === notebookType ? notebook.uri : undefined;
}
