import type { RestoreReport } from '../../protocol/tableHistory.js';
import { formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { formatNextRun } from './nextRun.js';

/** Which version is current again, how to take that back, and what the next run will make of it. */
export function formatRestore(report: RestoreReport, { colours, symbols }: Style): string {
  const { table, form, version, rows, replaced, next } = report;
  const what = form === 'view' ? 'a view' : formatQuantity(rows, 'row');
  const done = colours.green(`${symbols.done} ${table} is at version ${version} again`);
  const back =
    replaced === undefined
      ? ''
      : ` Version ${replaced} is kept: ratatouille restore ${table} --version ${replaced}`;
  return `${done}: ${what}.${back}${formatNextRun(next)}`;
}
