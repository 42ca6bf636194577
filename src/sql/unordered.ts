import type { Json } from '../protocol/json.js';
import type { References } from './parser.js';
import type { Places } from './places.js';
import { isNode, listOf, nodesOf, type TreeNode } from './tree.js';

/**
 * LIMIT, OFFSET and DISTINCT ON of a query that has no ORDER BY: which rows they keep is chance. An ORDER BY
 * that is there is taken to be total; whether it is depends on the rows.
 */
export function unorderedModifiers(query: TreeNode, places: Places): References['unordered'] {
  const modifiers = nodesOf(query.modifiers);
  if (modifiers.some((modifier) => modifier.type === 'ORDER_MODIFIER')) return [];
  return modifiers.flatMap((modifier) => {
    const unordered = readLimit(modifier) ?? readDistinctOn(modifier);
    if (unordered === undefined) return [];
    const { what, keywords, expression } = unordered;
    const position = isNode(expression) ? expression.query_location : undefined;
    return [{ what, span: places.clause(position, keywords) }];
  });
}

interface Unordered {
  readonly what: string;
  readonly keywords: readonly string[];
  readonly expression: Json | undefined;
}

function readLimit(modifier: TreeNode): Unordered | undefined {
  if (modifier.type !== 'LIMIT_MODIFIER' && modifier.type !== 'LIMIT_PERCENT_MODIFIER') return undefined;
  const { limit, offset } = modifier;
  if (isNode(limit) && !isNull(limit))
    return { what: 'LIMIT', keywords: ['limit', 'fetch'], expression: limit };
  return isNode(offset) ? { what: 'OFFSET', keywords: ['offset'], expression: offset } : undefined;
}

/** LIMIT ALL is a NULL. */
function isNull(expression: TreeNode): boolean {
  return isNode(expression.value) && expression.value.is_null === true;
}

function readDistinctOn(modifier: TreeNode): Unordered | undefined {
  if (modifier.type !== 'DISTINCT_MODIFIER') return undefined;
  const [expression] = listOf(modifier.distinct_on_targets);
  return expression === undefined ? undefined : { what: 'DISTINCT ON', keywords: ['distinct'], expression };
}
