import type { PlanEntry, PlanReport } from '../../protocol/run.js';
import { problemSentence } from '../workspace/problemSentence.js';
import { escapeMarkdown, markdownTable } from './markdown.js';

const actions: Readonly<Record<PlanEntry['action'], string>> = {
  build: '**build**',
  skip: 'leave as it is',
  judge: '**check again**',
  blocked: '**can’t build**',
};

/** What a run would do now, as a page to read. */
export function planReport(plan: PlanReport): string {
  const parts = [
    '# What a run would do now',
    summary(plan.entries),
    plan.entries.length === 0 ? '' : entryTable(plan.entries),
    problemPart(plan),
    orphanPart(plan.orphans),
    'Nothing was run. *Ratatouille: Run Pipeline* does it, and so does `ratatouille run` in a terminal.',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function summary(entries: readonly PlanEntry[]): string {
  if (entries.length === 0) return 'There is nothing to build: no notebook has a cell that makes a table.';
  const busy = entries.filter(({ action }) => action !== 'skip').length;
  if (busy === 0) return `All ${entries.length} tables are up to date: a run would change nothing.`;
  return `${busy} of ${entries.length} tables would be worked on, in this order.`;
}

function entryTable(entries: readonly PlanEntry[]): string {
  const rows = entries.map((entry) => [
    `\`${entry.model}\``,
    actions[entry.action],
    escapeMarkdown(entry.reason),
    escapeMarkdown(entry.inputs.join(', ')),
  ]);
  return markdownTable(['table', 'what happens', 'why', 'made from'], rows);
}

function problemPart({ problems, entries }: PlanReport): string {
  const all = [...problems, ...entries.flatMap((entry) => entry.problems)];
  if (all.length === 0) return '';
  return ['## To look at', ...all.map((problem) => `- ${escapeMarkdown(problemSentence(problem))}`)].join(
    '\n',
  );
}

function orphanPart(orphans: readonly string[]): string {
  if (orphans.length === 0) return '';
  const names = orphans.map((name) => `\`${name}\``).join(', ');
  return `## Left over\nNo notebook builds ${names} any more. The rows are kept; \`ratatouille clean --orphans\` takes them away.`;
}
