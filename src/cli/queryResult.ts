import type { QueryAnswer } from '../app/project.js';
import { formatCount, formatQuantity } from '../protocol/wording.js';
import { chartBars, chartColumns, formatChart } from './print/chart.js';
import { csvLines } from './print/csv.js';
import { distinctNames, jsonLines, ndjsonLines } from './print/jsonRows.js';
import { markdownLines } from './print/markdown.js';
import { formatResultTable } from './print/resultTable.js';
import type { PrintedFormat } from './queryFormats.js';
import type { Style } from './style.js';
import { usageError } from './usage.js';

export interface PrintedResult {
  /** Each brings its own line break. */
  readonly lines: Iterable<string>;
  /** What the reader must know about them, as that some are missing. */
  readonly notes: readonly string[];
  /** How many rows a whole result has; formats for programs are silent about it. */
  readonly count?: string;
}

export interface ChartAxes {
  readonly x?: string;
  readonly y?: string;
}

/** A query's answer in a format. Throws a ProblemError `cli.usage` for a chart of a column that is not there. */
export function printResult(
  answer: QueryAnswer,
  format: PrintedFormat,
  style: Style,
  axes: ChartAxes,
): PrintedResult {
  const { columns, rows } = answer;
  switch (format) {
    case 'table':
      return printTable(answer, style);
    case 'chart':
      return printChart(answer, style, axes);
    case 'csv':
      return { lines: csvLines(columns, rows), notes: cutNotes(answer) };
    case 'markdown':
      return { lines: markdownLines(columns, rows), notes: cutNotes(answer) };
    case 'json':
      return { lines: jsonLines(columns, rows), notes: [...cutNotes(answer), ...renamedNotes(answer)] };
    case 'ndjson':
      return { lines: ndjsonLines(columns, rows), notes: [...cutNotes(answer), ...renamedNotes(answer)] };
  }
}

function printTable(answer: QueryAnswer, style: Style): PrintedResult {
  const { text, shownColumns } = formatResultTable(answer.columns, answer.rows, style);
  const all = answer.columns.length;
  const narrow =
    shownColumns < all
      ? [`${shownColumns} of ${formatQuantity(all, 'column')} fit the width; --format json shows all.`]
      : [];
  return { lines: [`${text}\n`], notes: [...cutNotes(answer), ...narrow], ...counted(answer) };
}

function printChart(answer: QueryAnswer, style: Style, axes: ChartAxes): PrintedResult {
  const { x, y } = chartColumns(answer.columns, axes);
  if (x === undefined || y === undefined) throw noSuchColumn(answer, x === undefined ? 'x' : 'y', axes);
  const bars = chartBars(answer.rows, x, y);
  const lines = bars.length === 0 ? [] : [`${formatChart(bars, style)}\n`];
  return { lines, notes: cutNotes(answer), ...counted(answer) };
}

function noSuchColumn({ columns }: QueryAnswer, axis: 'x' | 'y', axes: ChartAxes) {
  const name = axes[axis];
  const names = columns.map((column) => `${column.name} (${column.type})`).join(', ');
  const missing = axis === 'x' ? 'no column for the labels' : 'no column with numbers for the bars';
  const what = name === undefined ? missing : `no column ${name}`;
  return usageError(`The result has ${what}.`, `It has ${names}; name the columns by --x and --y.`);
}

function counted({ rows, total }: QueryAnswer): Pick<PrintedResult, 'count'> {
  return rows.length === total ? { count: formatQuantity(total, 'row') } : {};
}

/** `40 of 1,204 rows; --limit all shows the rest`. */
function cutNotes({ rows, total }: QueryAnswer): readonly string[] {
  if (rows.length === total) return [];
  return [`${formatCount(rows.length)} of ${formatQuantity(total, 'row')}; --limit all shows the rest.`];
}

function renamedNotes({ columns }: QueryAnswer): readonly string[] {
  const names = distinctNames(columns);
  return columns.flatMap(({ name }, at) =>
    name === names[at] ? [] : [`Column ${at + 1} is ${names[at]} here, because another is called ${name}.`],
  );
}
