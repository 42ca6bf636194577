import type { CleanReport } from '../../protocol/status.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { formatBytes, formatCounted } from './number.js';

/** What was removed, or would be, and what that frees. */
export function formatClean({ items, dryRun }: CleanReport, style: Style): string {
  if (items.length === 0) return 'There is nothing to clean.';
  const columns = [{ title: 'what' }, { title: 'name' }, { title: 'frees', align: 'right' as const }];
  const rows = items.map((item) => [
    item.kind,
    item.name,
    item.bytes === 0 ? 'later' : formatBytes(item.bytes),
  ]);
  const bytes = formatBytes(items.reduce((total, item) => total + item.bytes, 0));
  const count = formatCounted(items.length, 'item');
  const summary = dryRun
    ? `Would remove ${count}; that frees ${bytes}.`
    : `Removed ${count}; that frees ${bytes}.`;
  return `${layOutGrid(columns, rows, style).text}\n\n${summary}`;
}
