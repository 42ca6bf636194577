import { tellingColumnsFirst } from '../../protocol/failingRows.js';
import type { CheckOutcome, CheckReport, JudgedTable } from '../../protocol/quality.js';
import { describeFailures, formatQuantity, formatValue, isNumericType } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { visibleText } from './visibleText.js';

const shownRows = 3;

/** What the checks say of each table, with the first rows that break them. */
export function formatCheck(report: CheckReport, style: Style): string {
  const tables = report.tables.map((table) => formatTable(table, style));
  return [...tables, summaryOf(report)].join('\n\n');
}

function formatTable({ name, run, rows, checks, passed }: JudgedTable, style: Style): string {
  const { colours, symbols } = style;
  const title = `${colours.bold(name)}  ${colours.dim(`${formatQuantity(rows, 'row')} of run ${run}`)}`;
  const broken = checks.flatMap((check) => [`  ${lineOf(check, style)}`, ...sampleLines(check, style)]);
  const held = passed.map((check) => `  ${colours.green(symbols.done)} ${visibleText(check, symbols)}`);
  return [title, ...broken, ...held].join('\n');
}

function lineOf(outcome: CheckOutcome, { colours, symbols }: Style): string {
  const { check, action } = outcome;
  const mark = action === 'warn' ? colours.yellow(symbols.warning) : colours.red(symbols.failed);
  return `${mark} ${visibleText(check, symbols)} | ${action}  ${describeFailures(outcome)}`;
}

function sampleLines(check: CheckOutcome, style: Style): readonly string[] {
  const { failing, failures } = check;
  if (failing === undefined || failing.rows.length === 0) return [];
  const { columns, rows: all } = tellingColumnsFirst(check, failing);
  const rows = all.slice(0, shownRows);
  const titles = columns.map(({ name, type }) => ({
    title: visibleText(name, style.symbols),
    ...(isNumericType(type) && { align: 'right' as const }),
  }));
  const cells = rows.map((row) =>
    columns.map((_, index) => visibleText(formatValue(row[index] ?? null), style.symbols)),
  );
  const narrower = style.width === undefined ? style : { ...style, width: Math.max(20, style.width - 6) };
  const grid = layOutGrid(titles, cells, narrower);
  const left = columns.length - grid.shownColumns;
  const notes = [
    ...(rows.length < failures ? [`the first ${rows.length} of ${formatQuantity(failures, 'row')}`] : []),
    ...(left > 0 ? [`${formatQuantity(left, 'column')} left out`] : []),
  ];
  const lines = [
    ...grid.text.split('\n'),
    ...(notes.length > 0 ? [style.colours.dim(notes.join(', '))] : []),
  ];
  return lines.map((line) => `      ${line}`);
}

function summaryOf({ tables, withoutChecks, problems }: CheckReport): string {
  const broken = tables.flatMap(({ checks }) => checks);
  const warned = broken.filter(({ action }) => action === 'warn').length;
  const held = tables.reduce((sum, { passed }) => sum + passed.length, 0);
  const counts = [
    `${formatQuantity(held, 'check')} ${held === 1 ? 'holds' : 'hold'}`,
    `${warned} warn`,
    `${broken.length - warned} fail`,
  ];
  const unjudged = problems.filter(
    ({ code, severity }) => severity === 'error' && code !== 'check.failed',
  ).length;
  const lines = [`${counts.join(', ')}; nothing was built.`];
  if (unjudged > 0) lines.push(`${formatQuantity(unjudged, 'problem')} kept checks from being judged.`);
  if (withoutChecks.length > 0)
    lines.push(
      `${formatQuantity(withoutChecks.length, 'table')} ${withoutChecks.length === 1 ? 'has' : 'have'} no check: ${withoutChecks.join(', ')}.`,
    );
  return lines.join('\n');
}
