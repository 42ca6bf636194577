import * as vscode from 'vscode';
import { viewIds, walkthroughId } from '../identifiers.js';
import { currentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { decideWelcome } from './decideWelcome.js';
import { findGuide } from './guide.js';
import type { Progress } from './progress.js';
import { nextStep, type Step } from './steps.js';

const expectedKey = 'ratatouille.expectedProject';
const welcomedKey = 'ratatouille.welcomed';

/** Remembers a new project across the reload that opens it. */
export async function expectProject(context: vscode.ExtensionContext, root: string): Promise<void> {
  await context.globalState.update(expectedKey, root);
}

/**
 * Opens the guide and the walkthrough where that is due. What was expected is forgotten only when both are
 * open, so that neither a reload nor the question of trust loses the person.
 */
export async function welcome({ context, progress }: Pick<Services, 'context' | 'progress'>): Promise<void> {
  const root = currentProject();
  const expected = context.globalState.get<string>(expectedKey);
  const decision = decideWelcome({
    root,
    expected,
    hasGuide: root !== undefined && findGuide(root) !== undefined,
    isBuilt: root !== undefined && (await isBuilt(root)),
    isWelcomed: context.workspaceState.get(welcomedKey, false),
  });
  if (decision === 'leave alone') return;
  await openGettingStarted(progress);
  await context.workspaceState.update(welcomedKey, true);
  if (root === expected) await context.globalState.update(expectedKey, undefined);
}

/** Brings back the guide and, beside it, the walkthrough at the next step. Without a guide, the walkthrough alone. */
export async function openGettingStarted(progress: Progress): Promise<void> {
  const root = currentProject();
  const guide = root === undefined ? undefined : findGuide(root);
  if (root === undefined || guide === undefined) {
    await openWalkthrough(progress, root === undefined ? nextStep(new Set()) : progress.next);
    return;
  }
  await vscode.commands.executeCommand(`${viewIds.data}.focus`);
  if (hasNothingElse()) await arrange(guide, progress);
  else await bringBack(guide, progress);
}

/** Whether nothing is open but pages of VS Code's own, as a walkthrough that it restored after a reload. */
function hasNothingElse(): boolean {
  return vscode.window.tabGroups.all.every(({ tabs }) => tabs.every(({ input }) => input === undefined));
}

/**
 * Fills an empty window. The notebook gets its final width before it is drawn: when it changes meanwhile, the
 * editor mixes up the texts. An empty group would be closed, so the walkthrough opens first and changes sides.
 */
async function arrange(guide: vscode.Uri, progress: Progress): Promise<void> {
  await openWalkthrough(progress, progress.next);
  await divide(1 - guideShare);
  await show(guide, vscode.ViewColumn.Two);
  await vscode.commands.executeCommand('workbench.action.moveActiveEditorGroupLeft');
}

/** Adds what is missing beside what a person has open; a walkthrough that is open elsewhere moves to the side. */
async function bringBack(guide: vscode.Uri, progress: Progress): Promise<void> {
  if (vscode.window.tabGroups.all.length === 1) await divide(guideShare);
  await vscode.commands.executeCommand('workbench.action.focusSecondEditorGroup');
  await openWalkthrough(progress, progress.next);
  await show(guide, vscode.ViewColumn.One);
}

/** How much of the width the guide has. */
const guideShare = 0.62;

async function divide(left: number): Promise<void> {
  const groups = [{ size: left }, { size: 1 - left }];
  await vscode.commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups });
}

async function show(guide: vscode.Uri, viewColumn: vscode.ViewColumn): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(guide);
  await vscode.window.showNotebookDocument(notebook, { viewColumn, preview: false });
}

async function openWalkthrough(progress: Progress, step: Step): Promise<void> {
  const place = { category: walkthroughId, step };
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', place, false);
  progress.tellAgain();
}

async function isBuilt(root: string): Promise<boolean> {
  const { publishedLayers } = await import('../views/readProject.js');
  return (await publishedLayers(root)).size > 0;
}
