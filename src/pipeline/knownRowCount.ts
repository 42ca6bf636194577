import type { Snapshot } from '../lake/snapshot.js';
import { lakeKey, lakeTableOf } from '../sql/names.js';
import type { References } from '../sql/parser.js';

/**
 * How many rows a query has that only shows the columns of one stored table, from the manifest alone: then
 * its first rows need not wait for the rest. Undefined for every other query. One that calls a function is
 * not asked: a macro can hide an aggregate.
 */
export function knownRowCount(references: References, snapshot: Snapshot): number | undefined {
  const { tables, tableFunctions, functions, volatile, keepsEveryRow } = references;
  const [table, ...more] = tables;
  if (!keepsEveryRow || table === undefined || more.length > 0 || tableFunctions.length > 0) return undefined;
  if (functions.length > 0 || volatile.length > 0 || table.at !== undefined) return undefined;
  const named = lakeTableOf(table);
  const entry = named === undefined ? undefined : snapshot.manifest.tables[lakeKey(named)];
  return entry?.form === 'table' ? entry.version.rows : undefined;
}
