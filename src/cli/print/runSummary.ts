import type { ModelOutcome, PlanReport, RunRecord } from '../../protocol/run.js';
import { describeRejected, describeStanding, formatElapsed, formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { formatOrphans } from './orphans.js';

/**
 * How a run ended, in a line or two: counts, rows, time, what its plan left over, and after a failure what to do
 * next.
 */
export function formatRunSummary(record: RunRecord, style: Style, plan?: PlanReport): string {
  const rows = record.models
    .filter(({ status }) => status === 'built')
    .reduce((total, outcome) => total + (outcome.rows ?? 0), 0);
  const facts = `${countOutcomes(record.models)}; ${formatQuantity(rows, 'row')} in ${formatElapsed(record.elapsedMs)}`;
  const next = nextStep(record);
  const orphans = (plan && formatOrphans(plan)) ?? '';
  const lines = [...uncounted(record.models), ...standing(record.models), orphans, next];
  return [`${headOf(record, style)}: ${facts}.`, ...lines].filter((line) => line !== '').join('\n');
}

const namedTables = 3;

/** Where nobody can tell that no row was lost, by the reason why. */
function uncounted(models: readonly ModelOutcome[]): readonly string[] {
  const counted = models.filter(({ equation }) => equation !== undefined);
  const byReason = new Map<string, string[]>();
  for (const { model, equation } of counted) {
    const reason = equation?.unknown;
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), model]);
  }
  if (byReason.size === 0) return [];
  const sure = counted.length - [...byReason.values()].flat().length;
  const reasons = [...byReason].map(([reason, names]) => `${reason} (${listed(names)})`);
  return [
    `Rows add up in ${sure} of ${formatQuantity(counted.length, 'table')}; not counted: ${reasons.join('; ')}.`,
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length - namedTables;
  return [...names.slice(0, namedTables), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** What was found about rows that this run did not build: it holds as long as the rows do. */
function standing(models: readonly ModelOutcome[]): readonly string[] {
  const told = models
    .filter(({ status }) => status === 'skipped')
    .flatMap(({ model, standing, rejected }) => {
      const found = [
        ...(standing === undefined ? [] : [describeStanding(standing)]),
        ...(rejected === undefined ? [] : [describeRejected(rejected)]),
      ];
      return found.length === 0 ? [] : [`${model}: ${found.join(', ')}`];
    });
  return told.length === 0 ? [] : [`Still to be seen to: ${told.join('; ')}.`];
}

function headOf({ run, status }: RunRecord, { colours, symbols }: Style): string {
  if (status === 'succeeded') return colours.green(`${symbols.done} Run ${run} succeeded`);
  if (status === 'failed') return colours.red(`${symbols.failed} Run ${run} failed`);
  return colours.yellow(`${symbols.warning} Run ${run} was ${status}`);
}

function countOutcomes(models: readonly ModelOutcome[]): string {
  const count = (status: ModelOutcome['status']) => models.filter((each) => each.status === status).length;
  const parts = [`${count('built')} built`, `${count('skipped')} skipped`, `${count('failed')} failed`];
  for (const status of ['judged', 'blocked', 'cancelled'] as const) {
    if (count(status) > 0) parts.push(`${count(status)} ${status}`);
  }
  return parts.join(', ');
}

function nextStep({ status, models }: RunRecord): string {
  if (status === 'succeeded') return '';
  const again = 'ratatouille run builds only what is missing.';
  if (status !== 'failed') return `What was published stays; ${again}`;
  const failed = models.filter((each) => each.status === 'failed').map(({ model }) => model);
  const names = failed.length === 0 ? 'what is named above' : failed.join(', ');
  return `Every table is at its last good version. Fix ${names}, then ${again}`;
}
