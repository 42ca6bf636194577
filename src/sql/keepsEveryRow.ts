import type { Json } from '../protocol/json.js';
import { aggregateFunctions, rowMakingFunctions } from './functions.js';
import { isNode, listOf, nodesOf, type TreeNode, textOf } from './tree.js';

/**
 * Tells whether a parsed statement is one SELECT of one source that gives each row of it once: no filter,
 * join, grouping, DISTINCT, window, LIMIT, sample, aggregate or unnest. A macro can hide an aggregate and is
 * not looked into.
 */
export function keepsEveryRow(tree: Json): boolean {
  const statements = isNode(tree) ? nodesOf(tree.statements) : [];
  const query = statements[0]?.node;
  if (statements.length !== 1 || !isNode(query) || query.type !== 'SELECT_NODE') return false;
  return isBare(query) && isOneSource(query.from_table) && !changesRows(query.select_list);
}

const clauses = ['where_clause', 'group_expressions', 'group_sets', 'having', 'qualify', 'sample'];

function isBare(query: TreeNode): boolean {
  const withoutClauses = clauses.every((clause) => isAbsent(query[clause]));
  const withoutCtes = !isNode(query.cte_map) || isAbsent(query.cte_map.map);
  const ordersAtMost = nodesOf(query.modifiers).every((modifier) => modifier.type === 'ORDER_MODIFIER');
  return withoutClauses && withoutCtes && ordersAtMost && query.aggregate_handling === 'STANDARD_HANDLING';
}

function isAbsent(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isOneSource(source: Json | undefined): boolean {
  if (!isNode(source) || !isAbsent(source.sample)) return false;
  return source.type === 'BASE_TABLE' || source.type === 'TABLE_FUNCTION';
}

/** A subquery has rows of its own: what happens inside does not count. */
function changesRows(value: Json | undefined): boolean {
  if (!isNode(value)) return listOf(value).some(changesRows);
  if (value.class === 'SUBQUERY') return false;
  if (value.class === 'WINDOW') return true;
  const name = value.class === 'FUNCTION' ? (textOf(value.function_name)?.toLowerCase() ?? '') : '';
  if (aggregateFunctions.has(name) || rowMakingFunctions.has(name)) return true;
  return Object.values(value).some(changesRows);
}
