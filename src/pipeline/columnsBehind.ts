import type { Manifest } from '../lake/manifest.js';
import { lakeKey, lakeTableOf } from '../sql/names.js';
import type { References } from '../sql/parser.js';

/**
 * The columns of the published table that a name before a dot stands for, as `s` in `FROM silver.sales s`;
 * none for what is no table of the lake. The engine, which sees views, proposes none.
 */
export function columnsBehind(
  qualifier: string,
  { tables }: References,
  manifest: Manifest,
): readonly string[] {
  const wanted = qualifier.toLowerCase();
  return tables.flatMap((table) => {
    const named = lakeTableOf(table);
    if (named === undefined || (table.alias ?? table.name).toLowerCase() !== wanted) return [];
    const columns = manifest.tables[lakeKey(named)]?.version.columns ?? [];
    return columns.map(({ name }) => name);
  });
}
