import * as vscode from 'vscode';
import { viewIds, walkthroughId } from '../identifiers.js';
import { currentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
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

/** The editor writes down which pages are open some seconds after they were opened. */
const pagesAreSavedAfterMs = 15_000;

/**
 * Opens the guide and the walkthrough where that is due. What was expected is forgotten only when the editor
 * has saved that both are open, so that neither a reload nor the question of trust loses the person.
 */
export async function welcome({ context, log, progress }: WelcomeServices): Promise<void> {
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
  const timer = setTimeout(() => telling(log, () => remember(context, root)), pagesAreSavedAfterMs);
  context.subscriptions.push({ dispose: () => clearTimeout(timer) });
}

type WelcomeServices = Pick<Services, 'context' | 'log' | 'progress'>;

async function remember(context: vscode.ExtensionContext, root: string | undefined): Promise<void> {
  await context.workspaceState.update(welcomedKey, true);
  if (root === context.globalState.get(expectedKey)) await context.globalState.update(expectedKey, undefined);
}

/** Brings back the guide and, beside it, the walkthrough at the next step. Without a guide, the walkthrough alone. */
export async function openGettingStarted(progress: Progress): Promise<void> {
  const root = currentProject();
  const guide = root === undefined ? undefined : findGuide(root);
  if (root === undefined || guide === undefined) {
    await openWalkthrough(progress, root === undefined ? nextStep(new Set()) : progress.next, false);
    return;
  }
  await vscode.commands.executeCommand(`${viewIds.data}.focus`);
  // The room is made first: a notebook whose width changes while it is drawn mixes up its texts.
  if (vscode.window.tabGroups.all.length === 1) await divide(guideShare);
  await show(guide);
  await openWalkthrough(progress, progress.next, true);
}

/** How much of the width the guide has. */
const guideShare = 0.62;

async function divide(left: number): Promise<void> {
  const groups = [{ size: left }, { size: 1 - left }];
  await vscode.commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups });
}

async function show(guide: vscode.Uri): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(guide);
  const viewColumn = vscode.ViewColumn.One;
  await vscode.window.showNotebookDocument(notebook, { viewColumn, preview: false });
}

/** Opens the walkthrough at a step: in front, or beside what is in front, which then keeps the keyboard. */
async function openWalkthrough(progress: Progress, step: Step, beside: boolean): Promise<void> {
  const place = { category: walkthroughId, step };
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', place, beside);
  progress.tellAgain();
}

async function isBuilt(root: string): Promise<boolean> {
  const { publishedLayers } = await import('../views/readProject.js');
  return (await publishedLayers(root)).size > 0;
}
