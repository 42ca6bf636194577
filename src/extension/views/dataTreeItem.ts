import * as vscode from 'vscode';
import type { TableState } from '../../protocol/status.js';
import { formatQuantity, isNumericType } from '../../protocol/wording.js';
import { commandIds, internalCommandIds } from '../identifiers.js';
import { type DataNode, layerMeanings } from './dataNodes.js';
import type { DataTable } from './projectData.js';
import { describeRowsApart } from './rowsApart.js';
import { tableTooltip } from './tableTooltip.js';

type NodeOf<Kind extends DataNode['kind']> = Extract<DataNode, { readonly kind: Kind }>;

/** How a node of the *Data* tree looks. The words in `contextValue` say which actions it has. */
export function toTreeItem(node: DataNode): vscode.TreeItem {
  const item = decorate(node);
  item.id = node.id;
  if (node.children.length > 0 && item.collapsibleState === vscode.TreeItemCollapsibleState.None) {
    item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  }
  return item;
}

function decorate(node: DataNode): vscode.TreeItem {
  switch (node.kind) {
    case 'untrusted':
      return untrustedItem();
    case 'fault':
      return { ...named(node.text, '', 'error'), tooltip: node.text };
    case 'layer':
      return layerItem(node);
    case 'empty':
      return emptyItem(node);
    case 'folder':
      return { ...named(node.name, node.summary, 'folder'), contextValue: 'folder path' };
    case 'file':
      return fileItem(node);
    case 'table':
      return tableItem(node);
    case 'apart':
      return apartItem(node);
    case 'column':
      return columnItem(node);
  }
}

function untrustedItem(): vscode.TreeItem {
  const item = named('Trust this folder to run cells', '', 'shield');
  item.tooltip =
    'You can look at everything, but nothing runs yet: SQL can read any file of this machine. Click to manage trust.';
  item.accessibilityInformation = { label: 'Trust this folder to run cells' };
  item.command = { command: internalCommandIds.manageTrust, title: 'Manage Workspace Trust' };
  return item;
}

const layerIcons = { landing: 'inbox', bronze: 'layers', silver: 'filter', gold: 'star-full' } as const;

function layerItem({ layer, summary }: NodeOf<'layer'>): vscode.TreeItem {
  const item = named(layer.charAt(0).toUpperCase() + layer.slice(1), summary, layerIcons[layer]);
  item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
  item.contextValue = layer === 'landing' ? 'landing path' : 'layer';
  item.tooltip = linked(
    `**${item.label}.** ${layerMeanings[layer]}\n\n[All four layers](command:${commandIds.showGlossary})`,
  );
  return item;
}

function emptyItem({ layer, text, tooltip }: NodeOf<'empty'>): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.tooltip = tooltip;
  item.command =
    layer === 'landing'
      ? { command: commandIds.addData, title: 'Add Data…' }
      : { command: commandIds.openGettingStarted, title: 'Open Getting Started' };
  return item;
}

function fileItem(node: NodeOf<'file'>): vscode.TreeItem {
  const isRows = isRowsFile(node.path);
  const item = named(node.name, node.summary, isRows ? 'table' : 'file');
  item.contextValue = `${isRows ? 'rows ' : ''}file path`;
  item.tooltip = `data/landing/${node.path}, ${node.summary}`;
  item.command = isRows ? command(commandIds.openFirstRows, node) : command(commandIds.openAsText, node);
  return item;
}

/** Tells whether a file's first rows can be shown as a table. */
export function isRowsFile(path: string): boolean {
  return /\.(csv|tsv|txt|psv)(\.gz)?$/i.test(path);
}

function tableItem(node: NodeOf<'table'>): vscode.TreeItem {
  const { table } = node;
  const isBuilt = table.state !== 'never built';
  const item = named(table.table, describe(table), stateIcons[table.state].icon);
  item.iconPath = new vscode.ThemeIcon(stateIcons[table.state].icon, colorOf(table.state));
  item.contextValue = [
    'table',
    ...(isBuilt ? ['rows'] : []),
    ...(table.path === undefined ? [] : ['path']),
    ...(table.state === 'orphaned' || table.state === 'unknown' ? [] : ['cell']),
    ...(table.hasEarlier ? ['earlier'] : []),
    ...(table.renaming === undefined ? [] : ['renamed']),
  ].join(' ');
  item.tooltip = new vscode.MarkdownString(tableTooltip(table));
  item.command = command(isBuilt ? commandIds.openFirstRows : commandIds.goToCell, node);
  item.accessibilityInformation = { label: `${table.name}, ${describe(table)}` };
  return item;
}

const stateIcons: Readonly<Record<TableState, { readonly icon: string; readonly color?: string }>> = {
  fresh: { icon: 'table' },
  stale: { icon: 'history', color: 'list.warningForeground' },
  'never built': { icon: 'circle-outline', color: 'disabledForeground' },
  orphaned: { icon: 'debug-disconnect', color: 'list.warningForeground' },
  unknown: { icon: 'question', color: 'list.warningForeground' },
  damaged: { icon: 'error', color: 'list.errorForeground' },
  'changed from outside': { icon: 'warning', color: 'list.warningForeground' },
};

function colorOf(state: TableState): vscode.ThemeColor | undefined {
  const { color } = stateIcons[state];
  return color === undefined ? undefined : new vscode.ThemeColor(color);
}

function describe({ state, rows, form }: DataTable): string {
  const size = form === 'view' ? 'view' : rows === undefined ? '' : formatQuantity(rows, 'row');
  const notes = { fresh: '', stale: 'out of date', 'never built': 'not built yet', orphaned: 'no notebook' };
  const note = state in notes ? notes[state as keyof typeof notes] : state;
  return [size, note].filter((part) => part !== '').join(' · ');
}

const apartMeanings = {
  rejected: 'Records of landing files that do not fit their contract. Click to see what is wrong with each.',
  quarantined: 'Rows that checks took out of the table. Click to see them, with the checks that they broke.',
} as const;

function apartItem(node: NodeOf<'apart'>): vscode.TreeItem {
  const { apart, table } = node;
  const where = apart.run === undefined ? '' : `in run ${apart.run}, which failed`;
  const item = named(describeRowsApart(apart), where, apart.kind === 'rejected' ? 'circle-slash' : 'archive');
  item.iconPath = new vscode.ThemeIcon(
    apart.kind === 'rejected' ? 'circle-slash' : 'archive',
    new vscode.ThemeColor(apart.run === undefined ? 'list.warningForeground' : 'list.errorForeground'),
  );
  item.contextValue = 'apart rows';
  item.tooltip = apartMeanings[apart.kind];
  item.command = command(commandIds.openFirstRows, node);
  item.accessibilityInformation = { label: `${table.name}: ${item.label} ${where}`.trim() };
  return item;
}

function columnItem({ column }: NodeOf<'column'>): vscode.TreeItem {
  const item = named(column.name, column.type.toLowerCase(), columnIcon(column.type));
  item.contextValue = 'column';
  item.tooltip = column.description ?? `${column.name}: ${column.type}`;
  return item;
}

function columnIcon(type: string): string {
  if (isNumericType(type)) return 'symbol-number';
  if (/^(DATE|TIME)/.test(type)) return 'calendar';
  return type === 'BOOLEAN' ? 'symbol-boolean' : 'symbol-string';
}

function named(label: string, description: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function command(id: string, node: DataNode): vscode.Command {
  return { command: id, title: 'Open', arguments: [node] };
}

function linked(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands: [commandIds.showGlossary] };
  return markdown;
}
