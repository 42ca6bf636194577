import type { KeptVersion, TableEntry } from '../lake/manifest.js';
import { quoteIdentifier, unusedName } from '../sql/names.js';
import { parquetSource } from './parquetSource.js';

/** Files of the rows that the `drop` checks of one version took out. */
export interface QuarantinedFiles {
  readonly run: KeptVersion['run'];
  readonly files: readonly string[];
}

/**
 * The query for quarantined rows: the table's columns, `_failed` with the rules that a row broke, and `_run`, which
 * took it out. A name that the table has itself gets one `_` more.
 * @param table files of the table, for its columns where nothing was taken out.
 */
export function quarantineRows(
  { version }: Pick<TableEntry, 'version'>,
  parts: readonly QuarantinedFiles[],
  table: readonly string[],
): string {
  const names = version.columns.map(({ name }) => name);
  const run = quoteIdentifier(unusedName('_run', names));
  const failed = quoteIdentifier(unusedName('_failed', names));
  const filled = parts.filter(({ files }) => files.length > 0);
  if (filled.length === 0)
    return `SELECT *, NULL::VARCHAR[] AS ${failed}, NULL::BIGINT AS ${run} FROM ${parquetSource(table)} LIMIT 0`;
  return filled
    .map((part) => `SELECT *, ${part.run}::BIGINT AS ${run} FROM ${parquetSource(part.files)}`)
    .join(' UNION ALL BY NAME ');
}
