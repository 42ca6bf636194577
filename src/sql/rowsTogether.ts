import type { Json } from '../protocol/json.js';
import type { Span } from '../protocol/text.js';
import { aggregateFunctions } from './functions.js';
import type { Places } from './places.js';
import { isNode, listOf, textOf } from './tree.js';

/** The calls of a statement that look at several rows. */
export interface RowsTogether {
  readonly aggregates: readonly Span[];
  readonly windows: readonly Span[];
}

/**
 * Finds the aggregates and window functions of a parsed statement. What stands in a subquery looks at the rows
 * of the subquery and does not count; a macro is not looked into.
 */
export function rowsTogether(tree: Json, places: Places): RowsTogether {
  const aggregates: Span[] = [];
  const windows: Span[] = [];
  const visit = (value: Json | undefined): void => {
    if (!isNode(value)) {
      for (const item of listOf(value)) visit(item);
      return;
    }
    if (value.type === 'SUBQUERY') {
      visit(value.child);
      return;
    }
    const name = value.class === 'FUNCTION' ? textOf(value.function_name)?.toLowerCase() : undefined;
    if (value.class === 'WINDOW') windows.push(places.call(value.query_location));
    else if (name !== undefined && aggregateFunctions.has(name))
      aggregates.push(places.aggregate(value.query_location));
    for (const part of Object.values(value)) visit(part);
  };
  visit(tree);
  const byPlace = (spans: readonly Span[]) => [...spans].sort((a, b) => a.start - b.start);
  return { aggregates: byPlace(aggregates), windows: byPlace(windows) };
}
