import type { Json } from '../protocol/json.js';

/** An object of the tree that `json_serialize_sql` gives. */
export type TreeNode = { readonly [key: string]: Json };

export function isNode(value: Json | undefined): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells of a part of the tree that it is not there, or an empty list. */
export function isAbsent(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** A list of the tree; empty for what is none. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list of the tree. */
export function nodesOf(value: Json | undefined): readonly TreeNode[] {
  return listOf(value).filter(isNode);
}

/** A text of the tree that is there and not empty. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value of a string literal; undefined for any other expression. */
export function stringLiteral(expression: Json | undefined): string | undefined {
  if (!isNode(expression) || expression.class !== 'CONSTANT') return undefined;
  const value = expression.value;
  if (!isNode(value) || !isNode(value.type) || value.type.id !== 'VARCHAR') return undefined;
  return typeof value.value === 'string' ? value.value : undefined;
}

/** The value of an integer literal; undefined for any other expression. */
export function integerLiteral(expression: Json | undefined): number | undefined {
  if (!isNode(expression) || expression.class !== 'CONSTANT' || !isNode(expression.value)) return undefined;
  const value = expression.value.value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
