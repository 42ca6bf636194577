import type { NextRun } from '../../protocol/tableHistory.js';
import { describeNextRun } from '../../protocol/wording.js';

/** What the next run will do with a table, as a line to put below what was done; empty when it is not known. */
export function formatNextRun(next: NextRun | undefined): string {
  return next === undefined ? '' : `\n${describeNextRun(next)}`;
}
