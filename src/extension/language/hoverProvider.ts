import * as vscode from 'vscode';
import { hoverAt } from '../../language/hover.js';
import { cellOf } from './cells.js';
import type { ProjectKnowledgeBase } from './projectKnowledge.js';
import { toRange } from './ranges.js';

/** Tells what the tables, columns and declarations under the mouse are. */
export class HoverProvider implements vscode.HoverProvider {
  constructor(private readonly knowledge: ProjectKnowledgeBase) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const cell = cellOf(document);
    if (cell === undefined) return undefined;
    const { catalog } = await this.knowledge.of(cell.notebook);
    const found = hoverAt(document.getText(), document.offsetAt(position), catalog);
    if (found === undefined) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(found.text), toRange(document, found.span));
  }
}
