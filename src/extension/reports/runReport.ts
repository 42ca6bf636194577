import { escapeMarkdown, markdownTable } from '../../language/markdown.js';
import type { ModelOutcome, RunRecord } from '../../protocol/run.js';
import { formatCount, formatElapsed } from '../../protocol/wording.js';
import { describeRun } from '../views/runNodes.js';
import { problemSentence } from '../workspace/problemSentence.js';

/** What a run did, as a page to read. */
export function runReport(record: RunRecord): string {
  const { run, status, models, startedAt, elapsedMs, problems } = record;
  const parts = [
    `# Run ${run}: ${status}`,
    `${escapeMarkdown(describeRun(record))}, in ${formatElapsed(elapsedMs)}. Started ${startedAt.slice(0, 19).replace('T', ' ')} UTC.`,
    models.length === 0 ? '' : modelTable(models),
    problems.map((problem) => `- ${escapeMarkdown(problemSentence(problem))}`).join('\n'),
    ...models.map(modelProblems),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function modelTable(models: readonly ModelOutcome[]): string {
  const rows = models.map(({ model, status, reason, rows: out, dropped = 0, rejected = 0, elapsedMs }) => [
    `\`${model}\``,
    `${status === 'failed' ? '**failed**' : status}: ${escapeMarkdown(reason)}`,
    amount(out) +
      (dropped === 0 ? '' : `, ${amount(dropped)} dropped`) +
      (rejected === 0 ? '' : `, ${amount(rejected)} rejected`),
    formatElapsed(elapsedMs),
  ]);
  return markdownTable(['table', 'what happened', 'rows', 'time'], rows);
}

function modelProblems({ model, problems }: ModelOutcome): string {
  if (problems.length === 0) return '';
  return [`## ${model}`, ...problems.map((problem) => `- ${escapeMarkdown(problemSentence(problem))}`)].join(
    '\n',
  );
}

function amount(count: number | undefined): string {
  return count === undefined ? '' : formatCount(count);
}
