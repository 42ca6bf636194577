import { tellingColumnsFirst } from '../../protocol/failingRows.js';
import type { CheckOutcome, FailingRows } from '../../protocol/quality.js';
import { describeFailingRows } from '../../protocol/wording.js';
import { renderTable } from './table.js';

/** The first rows that break a check, with how many of how many they are. */
export function renderFailingRows(
  check: Pick<CheckOutcome, 'check' | 'failures'>,
  failing: FailingRows,
): HTMLElement {
  const { columns, rows } = tellingColumnsFirst(check, failing);
  const sample = renderTable({ kind: 'table', columns, rows, total: check.failures, elapsedMs: 0 });
  sample.querySelector('caption')?.replaceChildren(describeFailingRows(check, failing));
  return sample;
}
