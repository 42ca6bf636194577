import { escapeMarkdown, markdownTable } from '../../language/markdown.js';
import { strayOrphans, whyOrphansAreUnknown } from '../../protocol/orphans.js';
import type { PlanEntry, PlanReport } from '../../protocol/run.js';
import { problemSentence } from '../workspace/problemSentence.js';

const actions: Readonly<Record<PlanEntry['action'], string>> = {
  build: '**build**',
  skip: 'nothing',
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
    renamingPart(plan),
    orphanPart(plan),
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
    escapeMarkdown(entry.model),
    actions[entry.action],
    escapeMarkdown(reasonOf(entry)),
    escapeMarkdown(entry.inputs.map(inputName).join(', ')),
  ]);
  return markdownTable(['table', 'what happens', 'why', 'made from'], rows);
}

/** What to do about a new name is said below, for somebody who is not in a terminal. */
function reasonOf({ reason, renames }: PlanEntry): string {
  return renames === undefined ? reason : `it was never built; it may be ${renames} under a new name`;
}

/** A pattern without the call around it: the page stands beside a walkthrough, and its table is not to be cut. */
function inputName(input: string): string {
  return /^landing\('(.*)'\)$/.exec(input)?.[1] ?? input;
}

function problemPart({ problems, entries }: PlanReport): string {
  const all = [...problems, ...entries.flatMap((entry) => entry.problems)];
  if (all.length === 0) return '';
  return ['## To look at', ...all.map((problem) => `- ${escapeMarkdown(problemSentence(problem))}`)].join(
    '\n',
  );
}

function renamingPart({ entries }: PlanReport): string {
  const lines = entries.flatMap(({ model, renames }) =>
    renames === undefined ? [] : [`- \`${model}\` has the SELECT that built \`${renames}\`.`],
  );
  if (lines.length === 0) return '';
  const advice =
    'To go on with the table under its new name, choose *Keep Its Versions Under the New Name* at it in the Data view, before a run builds it anew.';
  return ['## Renamed, it seems', ...lines, '', advice].join('\n');
}

function orphanPart(plan: PlanReport): string {
  const orphans = strayOrphans(plan);
  if (orphans.length === 0) return '';
  const names = orphans.map((name) => `\`${name}\``).join(', ');
  const why = whyOrphansAreUnknown(plan.problems);
  const what =
    why === undefined
      ? `No notebook builds ${names} any more. The rows are kept; \`ratatouille clean --orphans\` takes them away.`
      : `Whether a notebook still builds ${names} is unknown ${escapeMarkdown(why)}.`;
  return `## Left over\n${what}`;
}
