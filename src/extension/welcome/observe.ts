import * as vscode from 'vscode';
import { layers } from '../../protocol/layer.js';
import type { Logger } from '../../protocol/logger.js';
import { resultMimeType } from '../../protocol/result.js';
import { contextKeys } from '../identifiers.js';
import { notebookType } from '../notebook/identifiers.js';
import type { ProjectWatch } from '../views/projectWatch.js';
import { currentProject } from '../workspace/currentProject.js';
import { cellSteps } from './cellSteps.js';
import type { Progress } from './progress.js';

/** Watches what a person does and marks the steps of the walkthrough that this is. */
export function observeProgress(progress: Progress, watch: ProjectWatch, log: Logger): vscode.Disposable {
  const look = () => lookAtProject(progress).catch((error: Error) => log.warn(error.message));
  look();
  return vscode.Disposable.from(
    watch.onDidChange(look),
    vscode.workspace.onDidOpenTextDocument(async ({ uri }) => {
      if (await isInLanding(uri)) progress.mark('raw');
    }),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
      if (notebook.notebookType !== notebookType) return;
      for (const { cell } of cellChanges) progress.mark(...stepsOf(cell));
    }),
  );
}

/** What is published counts, however it was built: by cells, by *Run Pipeline*, in a terminal. */
async function lookAtProject(progress: Progress): Promise<void> {
  const root = currentProject();
  await vscode.commands.executeCommand('setContext', contextKeys.hasProject, root !== undefined);
  if (root === undefined) return;
  progress.mark('create');
  const { publishedLayers } = await import('../views/readProject.js');
  const published = await publishedLayers(root);
  progress.mark(...layers.filter((layer) => published.has(layer)));
}

async function isInLanding(uri: vscode.Uri): Promise<boolean> {
  const root = currentProject();
  if (root === undefined || uri.scheme !== 'file') return false;
  const { isLandingFile } = await import('../views/readProject.js');
  return isLandingFile(root, uri.fsPath);
}

function stepsOf(cell: vscode.NotebookCell): ReturnType<typeof cellSteps> {
  if (cell.executionSummary?.success !== true) return [];
  const item = cell.outputs.flatMap(({ items }) => items).find(({ mime }) => mime === resultMimeType);
  if (item === undefined) return [];
  return cellSteps({
    text: cell.document.getText(),
    metadata: cell.metadata.metadata ?? {},
    payload: JSON.parse(new TextDecoder().decode(item.data)),
  });
}
