import type { PlanEntry, PlanReport } from '../../protocol/run.js';
import { formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { formatOrphans } from './orphans.js';

const actionWords: Readonly<Record<PlanEntry['action'], string>> = {
  build: 'build',
  skip: 'skip',
  judge: 'judge again',
  blocked: 'blocked',
};

/** Each model with what a run would do to it and why, in the order of the run. */
export function formatPlan(plan: PlanReport, style: Style): string {
  const orphans = formatOrphans(plan);
  return [...formatEntries(plan, style), ...(orphans === undefined ? [] : [orphans])].join('\n\n');
}

function formatEntries(plan: PlanReport, style: Style): readonly string[] {
  if (plan.entries.length === 0) return ['There is no model to run.'];
  const columns = [{ title: 'action' }, { title: 'model' }, { title: 'why' }, { title: 'where' }];
  const rows = plan.entries.map((entry) => [
    actionWords[entry.action],
    entry.form === 'view' ? `${entry.model} (view)` : entry.model,
    entry.reason,
    `${entry.notebook}, cell ${entry.cell}`,
  ]);
  return [layOutGrid(columns, rows, style).text, countActions(plan)];
}

/** `2 to build, 1 to judge again, 4 up to date`. */
export function countActions({ entries }: PlanReport): string {
  const count = (action: PlanEntry['action']) => entries.filter((entry) => entry.action === action).length;
  const parts = [`${count('build')} to build`];
  if (count('judge') > 0) parts.push(`${count('judge')} to judge again`);
  if (count('blocked') > 0) parts.push(`${count('blocked')} blocked`);
  parts.push(`${count('skip')} up to date`);
  return `${formatQuantity(entries.length, 'model')}: ${parts.join(', ')}`;
}
