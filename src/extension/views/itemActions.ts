import path from 'node:path';
import * as vscode from 'vscode';
import type { FirstRowsRequest } from '../../protocol/kernel.js';
import type { PreviewContent } from '../../protocol/preview.js';
import type { TableBlock } from '../../protocol/result.js';
import { commandIds } from '../identifiers.js';
import { apartContent, fileContent, tableContent } from '../preview/previewContent.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import type { DataNode } from './dataNodes.js';
import { showModelCell } from './modelCell.js';
import { rowsApartRequest } from './rowsApart.js';
import type { RunNode } from './runNodes.js';
import { showFirstRows } from './showFirstRows.js';

type Item = DataNode | RunNode;

/** What can be done with an item of the trees. A command that was called without one does nothing. */
export function registerItemActions(services: Services): vscode.Disposable {
  const on = (id: string, act: (item: Item) => Promise<unknown>) =>
    vscode.commands.registerCommand(id, (item?: Item) =>
      item === undefined ? undefined : telling(services.log, () => act(item)),
    );
  return vscode.Disposable.from(
    on(commandIds.openFirstRows, (item) => openFirstRows(services, item)),
    on(commandIds.openAsText, async (item) => {
      const uri = await fileOf(item);
      if (uri !== undefined) await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
    }),
    on(commandIds.revealFile, async (item) => {
      const uri = await fileOf(item);
      if (uri !== undefined) await vscode.commands.executeCommand('revealInExplorer', uri);
    }),
    on(commandIds.copyPath, async (item) => copy((await fileOf(item))?.fsPath)),
    on(commandIds.copyName, async (item) => copy(nameOf(item))),
    vscode.commands.registerCommand(commandIds.goToCell, (item?: Item | string) =>
      telling(services.log, async () => {
        const name = typeof item === 'string' ? item : item === undefined ? undefined : nameOf(item);
        if (name !== undefined) await showModelCell(requireCurrentProject(), name, services.log);
      }),
    ),
  );
}

async function openFirstRows(services: Services, item: Item): Promise<void> {
  const request = requestOf(item);
  if (request === undefined) return;
  if (request.kind === 'landing file' && !vscode.workspace.isTrusted) {
    await vscode.commands.executeCommand(commandIds.openAsText, item);
    return;
  }
  if (!isAllowed('Reading a table')) return;
  await showFirstRows(services, request, (table) => contentOf(item, request, table));
}

function contentOf(item: Item, request: FirstRowsRequest, table: TableBlock): PreviewContent {
  if (request.kind === 'landing file') return fileContent(request.path, table);
  if (item.kind === 'apart') return apartContent(request.name, item.apart, table);
  const description = item.kind === 'table' ? item.table.description : undefined;
  return tableContent(request.name, description, table);
}

function requestOf(item: Item): FirstRowsRequest | undefined {
  if (item.kind === 'file') return { kind: 'landing file', path: item.path };
  if (item.kind === 'apart') return rowsApartRequest(item.table.name, item.apart);
  return item.kind === 'table' ? { kind: 'table', name: item.table.name } : undefined;
}

/** The file or folder behind an item. */
async function fileOf(item: Item): Promise<vscode.Uri | undefined> {
  const root = requireCurrentProject();
  const { landingFolder } = await import('./readProject.js');
  switch (item.kind) {
    case 'layer':
      return item.layer === 'landing' ? vscode.Uri.file(landingFolder(root)) : undefined;
    case 'folder':
    case 'file':
      return vscode.Uri.file(path.join(landingFolder(root), item.path));
    case 'table':
      return item.table.path === undefined ? undefined : vscode.Uri.file(path.join(root, item.table.path));
    default:
      return undefined;
  }
}

function nameOf(item: Item): string | undefined {
  switch (item.kind) {
    case 'table':
      return item.table.name;
    case 'column':
      return item.column.name;
    case 'file':
      return `landing('${item.path}')`;
    case 'outcome':
      return item.outcome.model;
    default:
      return undefined;
  }
}

async function copy(text: string | undefined): Promise<void> {
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}
