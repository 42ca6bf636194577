import type { RenameReport } from '../../protocol/tableHistory.js';
import { formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { formatNextRun } from './nextRun.js';

/** Which table has which name now, and what the next run will make of it. */
export function formatRename(
  { from, to, versions, next }: RenameReport,
  { colours, symbols }: Style,
): string {
  const done = colours.green(`${symbols.done} ${from} is ${to} now`);
  return `${done}, with ${formatQuantity(versions.length, 'version')}.${formatNextRun(next)}`;
}
