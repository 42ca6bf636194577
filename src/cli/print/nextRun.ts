import type { NextRun } from '../../protocol/tableHistory.js';

/** What the next run will do with a table, as a line to put below what was done; empty when it is not known. */
export function formatNextRun(next: NextRun | undefined): string {
  switch (next?.action) {
    case undefined:
      return '';
    case 'orphan':
      return '\nIt is an orphan: no notebook builds it, and no run changes it.';
    case 'skip':
      return `\nThe next run leaves it as it is: ${next.reason}.`;
    case 'blocked':
      return `\nThe next run can't build it: ${next.reason.replace(/\.$/, '')}.`;
    case 'judge':
      return `\nThe next run judges its checks again: ${next.reason}.`;
    case 'build':
      return `\nThe next run builds it again: ${next.reason}.`;
  }
}
