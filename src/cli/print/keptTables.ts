import type { KeptTable, KeptTablesReport, KeptTableVersion } from '../../protocol/tableHistory.js';
import { formatBytes, formatCount } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';

/**
 * Every version that can be restored, table by table.
 * @param table the one that was asked for; undefined for all
 */
export function formatKeptTables(
  { tables }: KeptTablesReport,
  table: string | undefined,
  style: Style,
): string {
  if (tables.length === 0) {
    return table === undefined
      ? 'There is nothing to restore: no earlier version and no removed table is kept.'
      : `No earlier version of ${table} is kept.`;
  }
  const columns = [
    { title: 'table' },
    { title: 'version', align: 'right' as const },
    { title: 'rows', align: 'right' as const },
    { title: 'size', align: 'right' as const },
    { title: 'run', align: 'right' as const },
    { title: 'published' },
    { title: 'state' },
  ];
  const rows = tables.flatMap((table) => table.versions.map((version) => rowOf(table, version)));
  const [example] = tables.flatMap(callsOf);
  return `${layOutGrid(columns, rows, style).text}\n\n${example}`;
}

function rowOf({ name, removed }: KeptTable, version: KeptTableVersion): string[] {
  return [
    name,
    String(version.version),
    formatCount(version.rows),
    formatBytes(version.bytes),
    String(version.run),
    version.publishedAt,
    version.current ? 'current' : removed ? 'removed' : 'earlier',
  ];
}

function callsOf({ name, removed, versions }: KeptTable): readonly string[] {
  const [last] = versions;
  if (removed && last !== undefined) {
    return [`ratatouille restore ${name} --version ${last.version} brings it back.`];
  }
  return versions
    .filter(({ current }) => !current)
    .map(({ version }) => `ratatouille restore ${name} --version ${version} makes it current again.`);
}
