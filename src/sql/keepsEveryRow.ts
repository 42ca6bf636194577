import type { Json } from '../protocol/json.js';
import type { RowShape } from './rowShape.js';
import { isAbsent, isNode, listOf, nodesOf } from './tree.js';

/**
 * Tells whether a parsed statement of this shape is one SELECT, straight from one source, that gives each row of it
 * once and looks at no other row: no window, and no query in its FROM. A macro can hide an aggregate and is not looked
 * into.
 */
export function keepsEveryRow(tree: Json, shape: RowShape): boolean {
  if (!shape.countable || shape.filters || shape.deduplicates) return false;
  const [statement] = isNode(tree) ? nodesOf(tree.statements) : [];
  const query = statement?.node;
  if (!isNode(query) || !isNode(query.from_table)) return false;
  const isDirect = ['BASE_TABLE', 'TABLE_FUNCTION'].includes(String(query.from_table.type));
  const withoutCtes = !isNode(query.cte_map) || isAbsent(query.cte_map.map);
  return isDirect && withoutCtes && !hasWindow(query.select_list);
}

/** A subquery has rows of its own: what happens inside does not count. */
function hasWindow(value: Json | undefined): boolean {
  if (!isNode(value)) return listOf(value).some(hasWindow);
  if (value.class === 'SUBQUERY') return false;
  return value.class === 'WINDOW' || Object.values(value).some(hasWindow);
}
