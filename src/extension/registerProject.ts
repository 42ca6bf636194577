import * as vscode from 'vscode';
import type { KernelRegistry } from '../kernel/client/kernelRegistry.js';
import { registerAcceptDrift } from './commands/acceptDrift.js';
import { registerAddData } from './commands/addData.js';
import { registerExportRows } from './commands/exportRows.js';
import { registerKeepVersions } from './commands/keepVersions.js';
import { registerNewNotebook } from './commands/newNotebook.js';
import { registerNewProject } from './commands/newProject.js';
import { registerReports } from './commands/reports.js';
import { registerRestore } from './commands/restoreTable.js';
import { registerRunPipeline } from './commands/runPipeline.js';
import { commandIds, internalCommandIds } from './identifiers.js';
import { registerInspection } from './inspection/registerInspection.js';
import { PreviewPanel } from './preview/previewPanel.js';
import { registerQuality } from './quality/registerQuality.js';
import { registerDataTree } from './views/dataTree.js';
import { registerItemActions } from './views/itemActions.js';
import type { ProjectWatch } from './views/projectWatch.js';
import { registerRunsTree } from './views/runsTree.js';
import { observeProgress } from './welcome/observe.js';
import { Progress } from './welcome/progress.js';
import { openGettingStarted, welcome } from './welcome/welcome.js';
import { ProjectKernels } from './workspace/projectKernels.js';
import type { Services } from './workspace/services.js';
import { telling } from './workspace/tellProblem.js';
import { offerCommandLine } from './workspace/terminalPath.js';
import { manageTrust } from './workspace/trust.js';

/** What the project's parts need of the rest of the extension. */
export interface ProjectSurroundings {
  readonly context: vscode.ExtensionContext;
  readonly registry: KernelRegistry;
  readonly watch: ProjectWatch;
  readonly log: vscode.LogOutputChannel;
}

/** Registers what concerns the project as a whole: its views, its commands and its first fifteen minutes. */
export function registerProject(surroundings: ProjectSurroundings): vscode.Disposable {
  const { context, registry, watch, log } = surroundings;
  offerCommandLine(context);
  const preview = new PreviewPanel(context.extensionUri);
  const progress = new Progress(context.workspaceState, log);
  const services: Services = {
    context,
    log,
    watch,
    preview,
    progress,
    kernels: new ProjectKernels(registry),
  };
  telling(log, () => welcome(services));
  return vscode.Disposable.from(
    preview,
    observeProgress(progress, watch, log),
    registerDataTree(watch, log),
    registerRunsTree(watch),
    registerItemActions(services),
    registerNewProject(services),
    registerNewNotebook(services),
    registerAddData(services),
    registerAcceptDrift(services),
    registerRunPipeline(services),
    registerReports(services),
    registerRestore(services),
    registerKeepVersions(services),
    registerExportRows(services),
    registerQuality(services),
    registerInspection(services),
    vscode.commands.registerCommand(commandIds.openGettingStarted, () =>
      telling(log, () => openGettingStarted(progress)),
    ),
    vscode.commands.registerCommand(internalCommandIds.manageTrust, manageTrust),
    vscode.commands.registerCommand(commandIds.showLog, () => log.show()),
    vscode.commands.registerCommand(commandIds.refresh, () => watch.tell()),
  );
}
