import { tellingColumnsFirst } from '../../protocol/failingRows.js';
import { formatPlace, type Problem } from '../../protocol/problem.js';
import type { CheckOutcome } from '../../protocol/quality.js';
import type { ModelOutcome, RunRecord } from '../../protocol/run.js';
import {
  describeEquation,
  describeFailures,
  describeStanding,
  formatCount,
  formatElapsed,
  formatQuantity,
  formatValue,
  isNumericType,
} from '../../protocol/wording.js';
import { codeMarkdown, plainMarkdown, tableMarkdown } from './markdown.js';
import { describeSample, problemsOfRun, type ReportedRun } from './reportedRun.js';

/** A comment on GitHub holds 65,536 characters. */
const longest = 60_000;
const shownModels = 100;
const shownProblems = 50;
const shownColumns = 12;
const shownRows = 5;

/**
 * A run as a page of GitHub's Markdown, fit for a comment on a pull request. What finds no room is counted, never
 * left out in silence.
 */
export function formatRunMarkdown(run: ReportedRun): string {
  const { record } = run;
  const models = record?.models ?? [];
  const parts = [
    headOf(record),
    problemsPart([...problemsOfRun(run), ...models.flatMap(({ problems }) => problems)]),
    modelsPart(models),
    checksPart(models),
    equationsPart(models),
  ];
  return `${withSamples(parts, models).join('\n\n')}\n`;
}

function headOf(record: RunRecord | undefined): string {
  if (record === undefined) return '## ❌ The run did not begin';
  const { run, status, models, environment, elapsedMs } = record;
  const mark = status === 'succeeded' ? '✅' : status === 'failed' ? '❌' : '⚠️';
  const counts = new Map<string, number>();
  for (const each of models) counts.set(wordOf(each), (counts.get(wordOf(each)) ?? 0) + 1);
  const told = [...counts].map(([word, count]) => `${formatCount(count)} ${word}`).join(', ');
  return [
    `## ${mark} Run ${run} ${status === 'cancelled' ? 'was cancelled' : status}`,
    `${told === '' ? 'No table' : told}, in ${formatElapsed(elapsedMs)}. Environment ${codeMarkdown(environment)}.`,
  ].join('\n\n');
}

function wordOf({ status }: ModelOutcome): string {
  return status === 'skipped' ? 'up to date' : status;
}

function problemsPart(problems: readonly Problem[]): string {
  const told = problems.filter(({ code }) => code !== 'run.upstream-failed');
  const sorted = [...told].sort((one, other) => weightOf(one) - weightOf(other));
  const lines = sorted.slice(0, shownProblems).map((found) => {
    const { severity, code, message, hint, place } = found;
    const where = place === undefined ? '' : ` (${plainMarkdown(formatPlace(place))})`;
    const advice = hint === undefined ? '' : ` *${plainMarkdown(hint)}*`;
    return `- ${severity === 'error' ? '❌' : '⚠️'} ${codeMarkdown(code)} ${plainMarkdown(message)}${where}${advice}`;
  });
  if (sorted.length > lines.length) lines.push(`- and ${formatCount(sorted.length - lines.length)} more`);
  return lines.length === 0 ? '' : ['### To look at', '', ...lines].join('\n');
}

function weightOf({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}

/** What a run left as it was is counted above, and only told where a check warns of it, or records were rejected. */
function modelsPart(models: readonly ModelOutcome[]): string {
  const told = models.filter(
    ({ status, standing, rejected }) =>
      status !== 'skipped' || standing !== undefined || rejected !== undefined,
  );
  if (told.length === 0) return '';
  const columns = [
    { title: 'table' },
    { title: 'what happened' },
    { title: 'rows', align: 'right' as const },
    { title: 'rejected', align: 'right' as const },
    { title: 'quarantined', align: 'right' as const },
    { title: 'time', align: 'right' as const },
  ];
  const table = tableMarkdown(columns, told.slice(0, shownModels).map(modelRow));
  const rest = told.length - shownModels;
  return rest > 0 ? `${table}\n\nand ${formatQuantity(rest, 'more table')}` : table;
}

function modelRow(outcome: ModelOutcome): readonly string[] {
  const { model, status, reason, rows, rejected, dropped, standing, elapsedMs } = outcome;
  const why = [reason, ...(standing === undefined ? [] : [describeStanding(standing)])];
  const word = status === 'failed' ? `**${status}**` : wordOf(outcome);
  const count = (value: number | undefined) => (value === undefined ? '' : formatCount(value));
  return [
    codeMarkdown(model),
    `${word}: ${plainMarkdown(status === 'failed' ? 'see above' : why.join('; '))}`,
    count(rows),
    count(rejected),
    count(dropped === 0 ? undefined : dropped),
    formatElapsed(elapsedMs),
  ];
}

interface BrokenCheck {
  readonly model: string;
  readonly check: CheckOutcome;
}

function brokenChecks(models: readonly ModelOutcome[]): readonly BrokenCheck[] {
  return models.flatMap(({ model, checks = [] }) => checks.map((check) => ({ model, check })));
}

function checksPart(models: readonly ModelOutcome[]): string {
  const broken = brokenChecks(models);
  const passed = models.reduce((sum, model) => sum + (model.passed?.length ?? 0), 0);
  if (broken.length + passed === 0) return '';
  const held =
    passed === 0 ? '' : `${formatQuantity(passed, 'check')} hold${passed === 1 ? 's' : ''} for every row.`;
  const columns = [
    { title: 'table' },
    { title: 'check' },
    { title: 'what it does' },
    { title: 'what it found' },
  ];
  const rows = broken
    .slice(0, shownModels)
    .map(({ model, check }) => [
      codeMarkdown(model),
      codeMarkdown(check.check),
      check.action,
      describeFailures(check),
    ]);
  const rest = broken.length - rows.length;
  const parts = ['### Checks', held, rows.length === 0 ? '' : tableMarkdown(columns, rows)];
  if (rest > 0) parts.push(`and ${formatQuantity(rest, 'more broken check')}`);
  return parts.filter((part) => part !== '').join('\n\n');
}

function equationsPart(models: readonly ModelOutcome[]): string {
  const lines = models.flatMap(({ model, equation }) =>
    equation === undefined ? [] : [`- ${codeMarkdown(model)}: ${plainMarkdown(describeEquation(equation))}`],
  );
  if (lines.length === 0) return '';
  const rest = lines.length - shownModels;
  const more = rest > 0 ? [`- and ${formatQuantity(rest, 'more table')}`] : [];
  return ['### Where the rows went', '', ...lines.slice(0, shownModels), ...more].join('\n');
}

/** Adds the first rows that break each check, as long as there is room. */
function withSamples(parts: readonly string[], models: readonly ModelOutcome[]): readonly string[] {
  const told = parts.filter((part) => part !== '');
  const samples = brokenChecks(models).flatMap(samplePart);
  let room = longest - told.join('\n\n').length;
  const fitting = samples.filter((sample) => {
    room -= sample.length + 2;
    return room >= 0;
  });
  const rest = samples.length - fitting.length;
  if (rest === 0) return [...told, ...fitting];
  return [...told, ...fitting, `The rows of ${formatQuantity(rest, 'more check')} found no room here.`];
}

function samplePart({ model, check: outcome }: BrokenCheck): readonly string[] {
  const { check, failures } = outcome;
  if (outcome.failing === undefined || outcome.failing.rows.length === 0) return [];
  const failing = tellingColumnsFirst(outcome, outcome.failing);
  const rows = failing.rows.slice(0, shownRows);
  const columns = failing.columns.slice(0, shownColumns);
  const titles = columns.map(({ name, type }) => ({
    title: codeMarkdown(name),
    ...(isNumericType(type) && { align: 'right' as const }),
  }));
  const cells = rows.map((row) => columns.map((_, index) => codeMarkdown(formatValue(row[index] ?? null))));
  const rest = failing.columns.length - columns.length;
  const more = rest > 0 ? `, without ${formatQuantity(rest, 'column')}` : '';
  const title = `${codeMarkdown(model)} ${codeMarkdown(check)}: ${describeSample({ ...failing, rows }, failures)}${more}`;
  return [`<details><summary>${title}</summary>\n\n${tableMarkdown(titles, cells)}\n\n</details>`];
}
