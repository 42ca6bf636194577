import path from 'node:path';
import * as vscode from 'vscode';
import { type CellFact, describeCellModel } from '../../language/cellStatus.js';
import { modelsOfCell } from '../../language/definedModels.js';
import { commandIds } from '../identifiers.js';
import type { CellCommands } from './cellCommands.js';
import { isSqlCell } from './cells.js';
import type { ProjectKnowledge, ProjectKnowledgeBase } from './projectKnowledge.js';
import type { TableStanding } from './readKnowledge.js';

/** Says below a model's cell what it builds, whether that is fresh, its rows, and when it was built. */
export class ModelStatusBar implements vscode.NotebookCellStatusBarItemProvider {
  readonly onDidChangeCellStatusBarItems: vscode.Event<void>;

  constructor(
    private readonly knowledge: ProjectKnowledgeBase,
    private readonly commands: Pick<CellCommands, 'runInOrder'>,
  ) {
    this.onDidChangeCellStatusBarItems = knowledge.onDidChange;
  }

  async provideCellStatusBarItems(cell: vscode.NotebookCell): Promise<vscode.NotebookCellStatusBarItem[]> {
    if (!isSqlCell(cell)) return [];
    const models = modelsOfCell(cell.document.getText());
    if (models.length === 0) return [];
    const known = await this.knowledge.of(cell.notebook);
    return models.flatMap((model) => {
      const standing = known.standings.get(model.key);
      // Outside of the pipeline the cell builds nothing.
      if (standing === undefined || known.catalog.tables.get(model.key)?.model === undefined) return [];
      const published = known.catalog.tables.get(model.key)?.published;
      const facts = describeCellModel(model, published, standing);
      return facts.map((fact) => this.#item(fact, cell, standing, known));
    });
  }

  #item(
    { text, tooltip, action }: CellFact,
    cell: vscode.NotebookCell,
    { path: file, renaming }: TableStanding,
    { root }: ProjectKnowledge,
  ): vscode.NotebookCellStatusBarItem {
    const item = new vscode.NotebookCellStatusBarItem(text, vscode.NotebookCellStatusBarAlignment.Left);
    item.tooltip = tooltip;
    if (action === 'run') item.command = this.commands.runInOrder([cell]);
    if (action === 'reveal file' && root !== undefined && file !== undefined) {
      const uri = vscode.Uri.file(path.join(root, file));
      item.command = { command: 'revealInExplorer', title: 'Show the File', arguments: [uri] };
    }
    if (action === 'keep versions' && renaming !== undefined) {
      item.command = { command: commandIds.keepVersions, title: 'Keep Its Versions', arguments: [renaming] };
    }
    return item;
  }
}
