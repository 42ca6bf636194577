import type { CleanReport } from '../../protocol/status.js';
import { formatQuantity } from '../../protocol/wording.js';

/** What was removed, or would be, and how to have it back. */
export function formatClean({ items, dryRun }: CleanReport): string {
  if (items.length === 0) return 'There is nothing to clean.';
  const names = items.map(({ name }) => name);
  const tables = `${formatQuantity(items.length, 'orphaned table')}: ${names.join(', ')}.`;
  if (dryRun) return `Would remove ${tables}`;
  const [first] = names;
  return `Removed ${tables}\nFor about twenty runs that publish something, ratatouille restore ${first} brings it back.`;
}
