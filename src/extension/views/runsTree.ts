import * as vscode from 'vscode';
import type { ModelOutcome, RunRecord } from '../../protocol/run.js';
import { formatElapsed } from '../../protocol/wording.js';
import { commandIds, viewIds } from '../identifiers.js';
import { currentProject } from '../workspace/currentProject.js';
import type { ProjectWatch } from './projectWatch.js';
import { describeOutcome, describeRun, type RunNode, runNodes } from './runNodes.js';

const shownRuns = 20;

/** Registers the *Runs* view: the newest runs, and what became of each model in them. */
export function registerRunsTree(watch: ProjectWatch): vscode.Disposable {
  return vscode.window.createTreeView(viewIds.runs, {
    treeDataProvider: new RunsTree(watch),
    showCollapseAll: true,
  });
}

class RunsTree implements vscode.TreeDataProvider<RunNode> {
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(watch: ProjectWatch) {
    this.onDidChangeTreeData = watch.onDidChange;
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node !== undefined) return [...node.children];
    const root = currentProject();
    if (root === undefined) return [];
    const { readRuns } = await import('./readProject.js');
    return [...runNodes(await readRuns(root, shownRuns))];
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    return node.kind === 'run' ? runItem(node.record) : outcomeItem(node.run, node.outcome);
  }
}

const runIcons: Readonly<Record<RunRecord['status'], readonly [icon: string, color?: string]>> = {
  running: ['sync~spin'],
  succeeded: ['pass', 'testing.iconPassed'],
  failed: ['error', 'list.errorForeground'],
  cancelled: ['circle-slash'],
  interrupted: ['debug-disconnect', 'list.warningForeground'],
};

function runItem(record: RunRecord): vscode.TreeItem {
  const { run, status, models, startedAt, elapsedMs } = record;
  const hasModels = models.length > 0;
  const item = new vscode.TreeItem(
    `Run ${run}`,
    vscode.TreeItemCollapsibleState[hasModels ? 'Collapsed' : 'None'],
  );
  const what = status === 'running' ? 'running' : describeRun(record);
  item.id = `run/${run}`;
  item.description = `${what} · ${shortTime(new Date(startedAt))}`;
  item.iconPath = icon(...runIcons[status]);
  const end = status === 'running' ? status : `${status}: ${what}`;
  item.tooltip = `Run ${run} ${end}. ${new Date(startedAt).toLocaleString()}, ${formatElapsed(elapsedMs)}.`;
  item.contextValue = 'run';
  item.accessibilityInformation = { label: `Run ${run}, ${status}, ${item.description}` };
  item.command = { command: commandIds.showRun, title: 'Show Run', arguments: [run] };
  return item;
}

const outcomeIcons: Readonly<Record<ModelOutcome['status'], readonly [icon: string, color?: string]>> = {
  built: ['pass', 'testing.iconPassed'],
  skipped: ['check'],
  judged: ['check'],
  failed: ['error', 'list.errorForeground'],
  blocked: ['circle-slash', 'list.warningForeground'],
  cancelled: ['circle-slash'],
};

function outcomeItem(run: number, outcome: ModelOutcome): vscode.TreeItem {
  const item = new vscode.TreeItem(outcome.model);
  item.id = `run/${run}/${outcome.model}`;
  item.description = describeOutcome(outcome);
  item.iconPath = icon(...outcomeIcons[outcome.status]);
  item.tooltip = [outcome.reason, ...outcome.problems.map(({ message }) => message)].join('\n');
  item.contextValue = 'outcome cell';
  item.command = { command: commandIds.goToCell, title: 'Go to the Cell', arguments: [outcome.model] };
  return item;
}

function icon(name: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** The time of a run of today, the day of an older one. */
function shortTime(when: Date): string {
  const isToday = when.toDateString() === new Date().toDateString();
  return isToday
    ? when.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : when.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}
