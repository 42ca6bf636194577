import type { QueryAnswer, QueryBlocks } from '../app/project.js';
import { formatCount, formatQuantity } from '../protocol/wording.js';
import { chartBars, chartColumns, formatChart } from './print/chart.js';
import { csvLines, csvTitle } from './print/csv.js';
import { distinctNames, jsonItems, ndjsonLines } from './print/jsonRows.js';
import { markdownLines, markdownTitle } from './print/markdown.js';
import { formatResultTable, resultTableLines } from './print/resultTable.js';
import { isNumeric } from './print/resultValue.js';
import type { PrintedFormat } from './queryFormats.js';
import { inChunks } from './resultOutput.js';
import type { Style } from './style.js';
import { usageError } from './usage.js';

export interface PrintedResult {
  /** As the rows come; each line brings its own line break. */
  readonly text: AsyncIterable<string>;
  /** What the reader must know about them, as that some are missing. */
  readonly notes: readonly string[];
  /** How many rows a whole result has; formats for programs are silent about it. */
  readonly count?: string;
}

export interface ChartAxes {
  readonly x?: string;
  readonly y?: string;
}

type Rows = QueryAnswer['rows'];

/** More bars than anybody looks at. */
const mostBars = 10_000;

/**
 * A query's rows in a format, of which one block at a time is in memory. Throws a ProblemError `cli.usage` for
 * a chart of too many rows, of a column that is not there, or of one without numbers.
 */
export async function printResult(
  result: QueryBlocks,
  format: PrintedFormat,
  style: Style,
  axes: ChartAxes,
): Promise<PrintedResult> {
  const { columns, blocks } = result;
  const notes = cutNotes(result);
  switch (format) {
    case 'table':
      return printTable(result, style);
    case 'chart':
      return printChart(result, style, axes);
    case 'csv':
      return { text: titled(csvTitle(columns), blocks, csvLines), notes };
    case 'markdown':
      return { text: titled(markdownTitle(columns), blocks, markdownLines), notes };
    case 'json':
      return { text: jsonText(result), notes: [...notes, ...renamedNotes(result)] };
    case 'ndjson': {
      const text = titled('', blocks, (rows) => ndjsonLines(columns, rows));
      return { text, notes: [...notes, ...renamedNotes(result)] };
    }
  }
}

async function* titled(
  title: string,
  blocks: AsyncIterable<Rows>,
  linesOf: (rows: Rows) => Iterable<string>,
): AsyncGenerator<string> {
  yield* whole(title);
  for await (const rows of blocks) yield* inChunks(linesOf(rows));
}

async function* jsonText({ columns, count, blocks }: QueryBlocks): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of blocks) {
    if (rows.length === 0) continue;
    yield before;
    yield* inChunks(jsonItems(columns, rows));
    before = ',\n';
  }
  yield count === 0 ? '[]\n' : '\n]\n';
}

/** The first block says how wide the columns are: to look at all rows first would be to keep them all. */
async function printTable(result: QueryBlocks, style: Style): Promise<PrintedResult> {
  const blocks = result.blocks[Symbol.asyncIterator]();
  const first = await blocks.next();
  const grid = formatResultTable(result.columns, first.done ? [] : first.value, style);
  async function* rest() {
    for (let next = await blocks.next(); !next.done; next = await blocks.next()) yield next.value;
  }
  const text = titled(`${grid.text}\n`, rest(), (rows) => resultTableLines(grid, rows, style));
  const all = result.columns.length;
  const narrow =
    grid.shownColumns < all
      ? [`${grid.shownColumns} of ${formatQuantity(all, 'column')} fit the width; --format json shows all.`]
      : [];
  return { text, notes: [...cutNotes(result), ...narrow], ...counted(result) };
}

async function printChart(result: QueryBlocks, style: Style, axes: ChartAxes): Promise<PrintedResult> {
  const { columns, count, blocks } = result;
  const { x, y } = chartColumns(columns, axes);
  if (x === undefined || y === undefined) throw noSuchColumn(result, x === undefined ? 'x' : 'y', axes);
  const measure = columns[y];
  if (measure !== undefined && !isNumeric(measure)) throw noNumbers(result, measure.name);
  if (count > mostBars) {
    throw usageError(
      `A chart of ${formatQuantity(count, 'row')} would be a bar for each of them.`,
      'Group the rows in the query, as by GROUP BY with sum(…), or take some of them by --limit 100.',
    );
  }
  const rows: Rows[number][] = [];
  for await (const block of blocks) rows.push(...block);
  const bars = chartBars(rows, x, y);
  const drawn = bars.length === 0 ? '' : `${formatChart(bars, style)}\n`;
  return { text: whole(drawn), notes: cutNotes(result), ...counted(result) };
}

async function* whole(text: string): AsyncGenerator<string> {
  if (text !== '') yield text;
}

function noNumbers({ columns }: QueryBlocks, name: string) {
  const numeric = columns.filter(isNumeric).map((column) => column.name);
  const hint =
    numeric.length === 0
      ? 'The result has no column with numbers; count or sum in the query, as count(*).'
      : `Columns with numbers: ${numeric.join(', ')}.`;
  return usageError(`Column ${name} has no numbers for the bars of a chart.`, hint);
}

function noSuchColumn({ columns }: QueryBlocks, axis: 'x' | 'y', axes: ChartAxes) {
  const name = axes[axis];
  const names = columns.map((column) => `${column.name} (${column.type})`).join(', ');
  const missing = axis === 'x' ? 'no column for the labels' : 'no column with numbers for the bars';
  const what = name === undefined ? missing : `no column ${name}`;
  return usageError(`The result has ${what}.`, `It has ${names}; name the columns by --x and --y.`);
}

function counted({ count, total }: QueryBlocks): Pick<PrintedResult, 'count'> {
  return count === total ? { count: formatQuantity(total, 'row') } : {};
}

/** `40 of 1,204 rows; --limit all shows the rest`. */
function cutNotes({ count, total }: QueryBlocks): readonly string[] {
  if (count === total) return [];
  return [`${formatCount(count)} of ${formatQuantity(total, 'row')}; --limit all shows the rest.`];
}

function renamedNotes({ columns }: QueryBlocks): readonly string[] {
  const names = distinctNames(columns);
  return columns.flatMap(({ name }, at) =>
    name === names[at] ? [] : [`Column ${at + 1} is ${names[at]} here, because another is called ${name}.`],
  );
}
