import { quoteLiteral } from '../sql/names.js';

/**
 * Parquet files as what a FROM reads: their own columns, and none made of the folders in their paths.
 * @param by `name` for files that may not all have the same columns: what one lacks is NULL.
 */
export function parquetSource(files: readonly string[], by: 'position' | 'name' = 'position'): string {
  const byName = by === 'name' ? ', union_by_name = true' : '';
  return `read_parquet([${files.map(quoteLiteral).join(', ')}], hive_partitioning = false${byName})`;
}
