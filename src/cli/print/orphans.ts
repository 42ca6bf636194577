import type { PlanReport } from '../../protocol/run.js';
import { unreadableNotebooks } from '../../protocol/unreadable.js';
import { formatQuantity } from '../../protocol/wording.js';

/** What becomes of published tables that no model builds; undefined where there are none. */
export function formatOrphans(plan: PlanReport): string | undefined {
  const orphans = strayOrphans(plan);
  if (orphans.length === 0) return undefined;
  const names = orphans.join(', ');
  const unreadable = unreadableNotebooks(plan.problems);
  if (unreadable.length > 0) {
    return `Whether a model still builds ${names} is unknown while ${unreadable.join(', ')} can't be read.`;
  }
  const withoutNotebooks = plan.problems.some(({ code }) => code === 'project.no-notebooks');
  const [are, them] = orphans.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const many = formatQuantity(orphans.length, 'table');
  // To remove what a wrong pattern left alone would be bad advice.
  if (withoutNotebooks) return `${many} ${are} orphaned while no notebook is found: ${names}.`;
  return `${many} ${are} orphaned: no model builds ${names} any more; clean --orphans removes ${them}.`;
}

/** The orphans that no model is told to take over by a renaming: to remove those too would be the opposite advice. */
function strayOrphans({ entries, orphans }: PlanReport): readonly string[] {
  const renamed = new Set(entries.map(({ renames }) => renames));
  return orphans.filter((name) => !renamed.has(name));
}
