import * as vscode from 'vscode';
import { KernelRegistry } from '../kernel/client/kernelRegistry.js';
import { registerRestartKernel } from './commands/restartKernel.js';
import { CellMarks } from './execution/cellMarks.js';
import { CellProgress } from './execution/cellProgress.js';
import { KernelController } from './execution/controller.js';
import { answerOutputs } from './execution/outputRequests.js';
import { registerLanguage } from './language/registerLanguage.js';
import { notebookType } from './notebook/identifiers.js';
import { registerSerializer } from './notebook/serializer.js';
import { registerProject } from './registerProject.js';
import { ProjectWatch } from './views/projectWatch.js';

let kernels: KernelRegistry | undefined;

/** Wires the parts; nothing heavy is loaded before the first cell runs. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Ratatouille', { log: true });
  kernels = new KernelRegistry({ modulePath: context.asAbsolutePath('dist/node/kernel.cjs'), logger: log });
  const marks = new CellMarks();
  const progress = new CellProgress();
  const watch = new ProjectWatch();
  // What a run made is on the disk when its cell ends; what watches the disk may tell it much later, or never.
  const controller = new KernelController(kernels, {
    marks,
    progress,
    onEnd: () => watch.soon(),
    onRunEnd: () => watch.tell(),
  });
  context.subscriptions.push(
    log,
    marks,
    progress,
    watch,
    controller,
    answerOutputs(controller, log),
    registerSerializer(),
    registerRestartKernel(controller),
    registerLanguage({ runner: controller, watch, logger: log }),
    registerProject({ context, registry: kernels, watch, log }),
    vscode.workspace.onDidCloseNotebookDocument(({ notebookType: type, uri }) => {
      if (type === notebookType) controller.stop(uri);
    }),
  );
}

/** Ends all kernels with the editor. */
export async function deactivate(): Promise<void> {
  await kernels?.stopAll();
}
