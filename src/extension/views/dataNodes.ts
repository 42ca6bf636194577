import { type Layer, layers } from '../../protocol/layer.js';
import type { LandingFileStatus } from '../../protocol/status.js';
import { formatBytes } from './formatBytes.js';
import type { DataColumn, DataTable, ProjectData } from './projectData.js';
import type { RowsApart } from './rowsApart.js';

/** A node of the *Data* tree. Its identifier stays the same while its content changes, so that the tree stays open. */
export type DataNode = { readonly id: string; readonly children: readonly DataNode[] } & (
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'fault'; readonly text: string }
  | { readonly kind: 'layer'; readonly layer: Layer | 'landing'; readonly summary: string }
  | {
      readonly kind: 'empty';
      readonly layer: Layer | 'landing';
      readonly text: string;
      readonly tooltip: string;
    }
  | { readonly kind: 'folder'; readonly path: string; readonly name: string; readonly summary: string }
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly summary: string }
  | { readonly kind: 'table'; readonly table: DataTable }
  | { readonly kind: 'apart'; readonly table: DataTable; readonly apart: RowsApart }
  | { readonly kind: 'column'; readonly column: DataColumn }
);

/** What each layer is, in the words of somebody who knows spreadsheets. */
export const layerMeanings: Readonly<Record<Layer | 'landing', string>> = {
  landing: 'The files exactly as they came, like the attachments of an e-mail.',
  bronze: 'The same rows as one table, like everything pasted into one sheet.',
  silver: 'Cleaned and checked, no row twice, like the sheet after an hour of tidying.',
  gold: 'Answers people can use, like the pivot tables.',
};

/** How each layer gets its first content. */
const origins: Readonly<Record<Layer | 'landing', string>> = {
  landing: 'Files come here by “Add Data…”, or by dropping them here',
  bronze: 'Made by cells on landing',
  silver: 'Made by cells on bronze',
  gold: 'Made by cells on silver',
};

/** The tree of a project. */
export function dataNodes(data: ProjectData, trusted: boolean): readonly DataNode[] {
  const nodes = [landingNode(data.landing), ...layers.map((layer) => layerNode(layer, data.tables))];
  return trusted ? nodes : [{ id: 'untrusted', kind: 'untrusted', children: [] }, ...nodes];
}

/** What stands in the tree's place when the project can't be read. */
export function faultNode(text: string): DataNode {
  return { id: 'fault', kind: 'fault', text, children: [] };
}

function landingNode(files: readonly LandingFileStatus[]): DataNode {
  const children = files.length === 0 ? [emptyNode('landing')] : folderChildren('', files);
  return { id: 'landing', kind: 'layer', layer: 'landing', summary: count(files.length, 'file'), children };
}

/** Folders first, as the Explorer has them; both in the order of their names. */
function folderChildren(folder: string, files: readonly LandingFileStatus[]): readonly DataNode[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const folders = new Map<string, LandingFileStatus[]>();
  const plain: DataNode[] = [];
  for (const file of files) {
    const [name = '', ...below] = file.path.slice(prefix.length).split('/');
    if (below.length === 0) plain.push(fileNode(file, name));
    else mapped(folders, name).push(file);
  }
  return [...[...folders].map(([name, inside]) => folderNode(prefix + name, name, inside)), ...plain];
}

function folderNode(path: string, name: string, inside: readonly LandingFileStatus[]): DataNode {
  const children = folderChildren(path, inside);
  return {
    id: `landing/${path}`,
    kind: 'folder',
    path,
    name,
    summary: count(inside.length, 'file'),
    children,
  };
}

function fileNode({ path, bytes }: LandingFileStatus, name: string): DataNode {
  return { id: `landing/${path}`, kind: 'file', path, name, summary: formatBytes(bytes), children: [] };
}

function layerNode(layer: Layer, tables: readonly DataTable[]): DataNode {
  const own = tables.filter((table) => table.layer === layer);
  const children = own.length === 0 ? [emptyNode(layer)] : own.map(tableNode);
  return { id: layer, kind: 'layer', layer, summary: count(own.length, 'table'), children };
}

function tableNode(table: DataTable): DataNode {
  const columns = table.columns.map((column) => columnNode(table.name, column));
  const children = [...(table.apart ?? []).map((apart) => apartNode(table, apart)), ...columns];
  return { id: table.name.toLowerCase(), kind: 'table', table, children };
}

/** No column is called so: a name has no second slash before it. */
function apartNode(table: DataTable, apart: RowsApart): DataNode {
  const which = apart.run === undefined ? apart.kind : `${apart.kind} in a run`;
  return { id: `${table.name.toLowerCase()}//${which}`, kind: 'apart', table, apart, children: [] };
}

function columnNode(table: string, column: DataColumn): DataNode {
  return { id: `${table.toLowerCase()}/${column.name}`, kind: 'column', column, children: [] };
}

function emptyNode(layer: Layer | 'landing'): DataNode {
  const text = layer === 'landing' ? 'No files yet: click to add' : 'No tables yet: open the guide';
  return { id: `${layer}/empty`, kind: 'empty', layer, text, tooltip: origins[layer], children: [] };
}

function count(amount: number, noun: string): string {
  return amount === 0 ? '' : `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function mapped(folders: Map<string, LandingFileStatus[]>, name: string): LandingFileStatus[] {
  const known = folders.get(name) ?? [];
  folders.set(name, known);
  return known;
}
