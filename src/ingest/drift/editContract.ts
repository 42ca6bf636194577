import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { ContractChange } from '../../protocol/drift.js';
import { printColumn } from '../contract.js';

interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * The text of a contract after changes: what they do not touch, comments too, stays as it is written. Throws an
 * Error for a column that it does not have.
 */
export function editContract(text: string, changes: readonly ContractChange[]): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  return mark + changes.reduce((before, change) => applied(before, editFor(before, change)), body);
}

function applied(text: string, { offset, length, text: inserted }: Edit): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}

function editFor(text: string, change: ContractChange): Edit {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) throw new Error('A contract that can not be read is not changed.');
  const columns = required(root, ['columns']);
  switch (change.kind) {
    case 'add column': {
      const { column: name, type, optional } = change;
      return append(text, columns, printColumn({ name, type, ...(optional && { optional }) }));
    }
    case 'make optional':
      return setProperty(text, columnNode(columns, change.column), 'optional', true);
    case 'set type':
      return setProperty(text, columnNode(columns, change.column), 'type', change.type);
    case 'add name':
      return addTo(text, columnNode(columns, change.column), 'alsoNamed', change.name);
    case 'ignore':
      return addTo(text, root, 'ignore', change.column);
    case 'set encoding':
      return setProperty(text, root, 'encoding', change.encoding);
    case 'set delimiter':
      return setProperty(text, root, 'delimiter', change.delimiter);
  }
}

function required(root: Node, path: readonly string[]): Node {
  const node = findNodeAtLocation(root, [...path]);
  if (node === undefined) throw new Error(`A contract has ${path.join('.')}.`);
  return node;
}

function columnNode({ children = [] }: Node, name: string): Node {
  const found = children.find((column) => findNodeAtLocation(column, ['name'])?.value === name);
  if (found === undefined) throw new Error(`The contract has no column ${name}.`);
  return found;
}

function setProperty(text: string, object: Node, key: string, value: string | boolean): Edit {
  const written = JSON.stringify(value);
  const before = findNodeAtLocation(object, [key]);
  if (before !== undefined) return { offset: before.offset, length: before.length, text: written };
  return append(text, object, `${JSON.stringify(key)}: ${written}`);
}

function addTo(text: string, object: Node, key: string, item: string): Edit {
  const list = findNodeAtLocation(object, [key]);
  if (list === undefined) return append(text, object, `${JSON.stringify(key)}: [${JSON.stringify(item)}]`);
  return append(text, list, JSON.stringify(item));
}

/** Puts something behind the last part of a list or an object, in a line of its own where that one has its own. */
function append(text: string, { offset, children = [] }: Node, written: string): Edit {
  const last = children.at(-1);
  if (last === undefined) return { offset: offset + 1, length: 0, text: written };
  const end = last.offset + last.length;
  const lineStart = text.lastIndexOf('\n', last.offset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const hasOwnLine = lineStart > offset && lineStart + indent.length === last.offset;
  const comma = /^\s*,/.exec(text.slice(end))?.[0];
  const behind = comma === undefined ? ',' : '';
  if (!hasOwnLine) {
    const at = end + (comma?.length ?? 0);
    return { offset: at, length: 0, text: `${behind} ${written}` };
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const start = end + (comma?.length ?? 0);
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?/.exec(text.slice(start))?.[0] ?? '';
  const rest = text.slice(end, start + comment.length);
  return {
    offset: end,
    length: rest.length,
    text: `${behind}${rest.trimEnd()}${lineEnd}${indent}${written}${comma === undefined ? '' : ','}`,
  };
}
