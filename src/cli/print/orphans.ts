import { strayOrphans, whyOrphansAreUnknown } from '../../protocol/orphans.js';
import type { PlanReport } from '../../protocol/run.js';
import { formatQuantity } from '../../protocol/wording.js';

/** What becomes of published tables that no model builds; undefined where there are none. */
export function formatOrphans(plan: PlanReport): string | undefined {
  const orphans = strayOrphans(plan);
  if (orphans.length === 0) return undefined;
  const names = orphans.join(', ');
  // To remove what a torn notebook or a wrong pattern left alone would be bad advice.
  const why = whyOrphansAreUnknown(plan.problems);
  if (why !== undefined) return `Whether a model still builds ${names} is unknown ${why}.`;
  const [are, them] = orphans.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const many = formatQuantity(orphans.length, 'table');
  return `${many} ${are} orphaned: no model builds ${names} any more; clean --orphans removes ${them}.`;
}
