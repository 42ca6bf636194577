import type { RenameReport, RestoreReport } from '../../protocol/tableHistory.js';
import { describeNextRun, formatQuantity } from '../../protocol/wording.js';
import { problemSentence } from '../workspace/problemSentence.js';

/** What was restored and what the next run will make of it. */
export function restoreMessage({ table, form, version, rows, next, problems }: RestoreReport): string {
  const what = form === 'view' ? 'a view' : formatQuantity(rows, 'row');
  return sentences(
    `${table} is at version ${version} again: ${what}.`,
    describeNextRun(next),
    ...problems.map(problemSentence),
  );
}

/** Which table has which name now, and what the next run will make of it. */
export function renameMessage({ from, to, versions, next, problems }: RenameReport): string {
  return sentences(
    `${from} is ${to} now, with ${formatQuantity(versions.length, 'version')}.`,
    describeNextRun(next),
    ...problems.map(problemSentence),
  );
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
