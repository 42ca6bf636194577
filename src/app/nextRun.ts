import type { PlanReport } from '../protocol/run.js';
import type { NextRun } from '../protocol/tableHistory.js';

/**
 * What a plan says of one table; nothing while a notebook that can't be read may hold its model. Pure.
 * @param name `layer.name` in any case
 */
export function nextRunOf(name: string, plan: PlanReport): { readonly next?: NextRun } {
  const key = name.toLowerCase();
  const entry = plan.entries.find(({ model }) => model.toLowerCase() === key);
  if (entry !== undefined) return { next: { action: entry.action, reason: entry.reason } };
  if (plan.problems.some(({ code }) => code === 'notebook.unreadable')) return {};
  return { next: { action: 'orphan', reason: 'no notebook builds it any more' } };
}
