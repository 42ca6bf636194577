import type { Problem } from '../../protocol/problem.js';
import type { CheckOutcome, FailingRows } from '../../protocol/quality.js';
import type { ModelOutcome, RunRecord } from '../../protocol/run.js';
import { formatQuantity } from '../../protocol/wording.js';

/** What a report for other programs is made of. */
export interface ReportedRun {
  /** Absent for a run that never began. */
  readonly record?: RunRecord;
  /** What kept it from beginning. */
  readonly problems: readonly Problem[];
}

/** What concerns no model, errors and warnings. */
export function problemsOfRun({ record, problems }: ReportedRun): readonly Problem[] {
  return [...problems, ...(record?.problems ?? [])];
}

/** The checks that a model failed by; none where something else was wrong. */
export function failedChecks({ status, checks = [], problems }: ModelOutcome): readonly CheckOutcome[] {
  if (status !== 'failed' || !problems.some(({ code }) => code === 'check.failed')) return [];
  return checks.filter(({ action }) => action === 'fail');
}

/** `the first 3 of 12 rows`. */
export function describeSample({ rows }: FailingRows, failures: number): string {
  return rows.length < failures
    ? `the first ${rows.length} of ${formatQuantity(failures, 'row')}`
    : formatQuantity(rows.length, 'row');
}
