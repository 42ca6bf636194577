import * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import { ProblemError } from '../../protocol/problem.js';
import { viewIds } from '../identifiers.js';
import { currentProject } from '../workspace/currentProject.js';
import { problemSentence } from '../workspace/problemSentence.js';
import { type DataNode, dataNodes, faultNode } from './dataNodes.js';
import { toTreeItem } from './dataTreeItem.js';
import { LandingDrop } from './landingDrop.js';
import type { ProjectWatch } from './projectWatch.js';

/** Registers the *Data* view. */
export function registerDataTree(watch: ProjectWatch, logger: Logger): vscode.Disposable {
  return vscode.window.createTreeView(viewIds.data, {
    treeDataProvider: new DataTree(watch, logger),
    dragAndDropController: new LandingDrop(logger),
    showCollapseAll: true,
  });
}

/** The files of landing, and the tables of the three layers with their columns. */
class DataTree implements vscode.TreeDataProvider<DataNode> {
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(
    watch: ProjectWatch,
    private readonly logger: Logger,
  ) {
    this.onDidChangeTreeData = watch.onDidChange;
  }

  async getChildren(node?: DataNode): Promise<DataNode[]> {
    if (node !== undefined) return [...node.children];
    const root = currentProject();
    if (root === undefined) return [];
    const { readProject } = await import('./readProject.js');
    try {
      return [...dataNodes(await readProject(root, this.logger), vscode.workspace.isTrusted)];
    } catch (error) {
      if (error instanceof ProblemError) return [faultNode(problemSentence(error.problem))];
      throw error;
    }
  }

  getTreeItem(node: DataNode): vscode.TreeItem {
    return toTreeItem(node);
  }
}
