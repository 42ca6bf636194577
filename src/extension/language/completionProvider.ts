import * as vscode from 'vscode';
import { complete } from '../../language/complete.js';
import type { Suggestion } from '../../language/suggestion.js';
import { cellOf } from './cells.js';
import type { ProjectKnowledgeBase } from './projectKnowledge.js';
import { toRange } from './ranges.js';

/** What is typed before a suggestion is wanted at once. */
export const triggerCharacters: readonly string[] = ['.', ' ', '(', "'", '"', '/', '@', '|'];

/** Completes tables, columns, landing files and declarations in a notebook's cells. */
export class CompletionProvider implements vscode.CompletionItemProvider {
  constructor(private readonly knowledge: ProjectKnowledgeBase) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const cell = cellOf(document);
    if (cell === undefined) return [];
    const text = document.getText();
    const offset = document.offsetAt(position);
    const { catalog } = await this.knowledge.of(cell.notebook);
    return complete(text, offset, catalog).map((suggestion, index) => toItem(document, suggestion, index));
  }
}

function toItem(document: vscode.TextDocument, suggestion: Suggestion, index: number): vscode.CompletionItem {
  const { label, kind, insert, replaced, detail, documentation, rank, goesOn } = suggestion;
  const item = new vscode.CompletionItem(
    { label, ...(detail === undefined ? {} : { description: detail }) },
    kinds[kind],
  );
  const range = toRange(document, replaced);
  item.range = range;
  item.insertText = kind === 'function' ? new vscode.SnippetString(insert) : insert;
  item.sortText = `${String(rank).padStart(2, '0')}${String(index).padStart(5, '0')}`;
  // What is typed is compared with it, and that begins with the quote where one was typed.
  item.filterText = document.getText(range).startsWith('"') ? insert : label;
  if (documentation !== undefined) item.documentation = new vscode.MarkdownString(documentation);
  if (goesOn) item.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return item;
}

const kinds: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  layer: vscode.CompletionItemKind.Module,
  table: vscode.CompletionItemKind.Struct,
  view: vscode.CompletionItemKind.Interface,
  query: vscode.CompletionItemKind.Reference,
  source: vscode.CompletionItemKind.Variable,
  column: vscode.CompletionItemKind.Field,
  file: vscode.CompletionItemKind.File,
  files: vscode.CompletionItemKind.Folder,
  function: vscode.CompletionItemKind.Function,
  declaration: vscode.CompletionItemKind.Keyword,
  action: vscode.CompletionItemKind.EnumMember,
  text: vscode.CompletionItemKind.Text,
};
