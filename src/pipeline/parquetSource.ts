import { quoteLiteral } from '../sql/names.js';

/** Parquet files as what a FROM reads: their own columns, and none made of the folders in their paths. */
export function parquetSource(files: readonly string[]): string {
  return `read_parquet([${files.map(quoteLiteral).join(', ')}], hive_partitioning = false)`;
}
