import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { jsonReason } from '../protocol/jsonReason.js';

/** A settings file as a tree, or why it is none; `offset` in UTF-16 units. */
export type SettingsJson =
  | { readonly ok: true; readonly tree: Node }
  | { readonly ok: false; readonly reason: string; readonly offset: number };

/** Reads JSON in which comments and trailing commas are allowed. */
export function readSettingsJson(text: string): SettingsJson {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined && tree !== undefined) return { ok: true, tree };
  if (first === undefined || text.trim() === '') return { ok: false, reason: 'it is empty', offset: 0 };
  return { ok: false, reason: jsonReason(printParseErrorCode(first.error)), offset: first.offset };
}

/** The first key of an object that was there before, and where it stands the second time. */
export function doubledKey(tree: Node): { readonly key: string; readonly offset: number } | undefined {
  const seen = new Set<unknown>();
  for (const { children } of tree.type === 'object' ? (tree.children ?? []) : []) {
    const [name] = children ?? [];
    if (name === undefined) continue;
    if (seen.has(name.value)) return { key: String(name.value), offset: name.offset };
    seen.add(name.value);
  }
  return undefined;
}
