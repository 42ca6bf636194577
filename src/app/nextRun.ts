import { problemOf } from '../pipeline/problemOf.js';
import type { Logger } from '../protocol/logger.js';
import { whyOrphansAreUnknown } from '../protocol/orphans.js';
import type { Problem } from '../protocol/problem.js';
import type { PlanReport } from '../protocol/run.js';
import type { NextRun } from '../protocol/tableHistory.js';

/**
 * A report of a change with what the next run will do with a table. A plan that fails is a warning: the change was
 * made all the same. One that is cancelled leaves nothing to tell.
 */
export async function withNextRun<Report extends { readonly problems: readonly Problem[] }>(
  report: Report,
  table: string,
  plan: () => Promise<PlanReport>,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<Report & { readonly next?: NextRun }> {
  try {
    return { ...report, ...nextRunOf(table, await plan()) };
  } catch (error) {
    if (signal.aborted) return report;
    const problem: Problem = { ...problemOf(error, logger), severity: 'warning' };
    return { ...report, problems: [...report.problems, problem] };
  }
}

/**
 * What a plan says of one table; nothing while a notebook that can't be read may hold its model. Pure.
 * @param name `layer.name` in any case
 */
function nextRunOf(name: string, plan: PlanReport): { readonly next?: NextRun } {
  const key = name.toLowerCase();
  const entry = plan.entries.find(({ model }) => model.toLowerCase() === key);
  if (entry !== undefined) return { next: { action: entry.action, reason: entry.reason } };
  if (whyOrphansAreUnknown(plan.problems) !== undefined) return {};
  return { next: { action: 'orphan', reason: 'no notebook builds it any more' } };
}
