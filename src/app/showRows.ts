import type { QueryRows } from '../engine/engine.js';
import type { Json } from '../protocol/json.js';
import { ProblemError } from '../protocol/problem.js';
import { type ChartBlock, chartRowLimit, type ResultBlock } from '../protocol/result.js';
import { readChartSettings } from './chartSettings.js';

/** How many rows of a result have to be at hand to be shown. */
export function rowsToFetch(tableRows: number, chart: Json | undefined): number {
  return chart === undefined ? tableRows : Math.max(tableRows, chartRowLimit);
}

/**
 * Shows the rows of a result as a table, below the chart that its cell asks for. A chart that can't be drawn is
 * a warning: the rows are right all the same.
 */
export function showRows(
  result: QueryRows & { readonly total: number; readonly elapsedMs: number },
  options: { readonly tableRows: number; readonly chart: Json | undefined },
  show: (block: ResultBlock) => void,
): void {
  if (options.chart !== undefined) show(chartBlock(options.chart, result));
  show({ kind: 'table', ...result, rows: result.rows.slice(0, options.tableRows) });
}

function chartBlock(written: Json, result: QueryRows & { readonly total: number }): ResultBlock {
  try {
    return drawable(written, result);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { kind: 'problem', problem: { ...error.problem, severity: 'warning' } };
  }
}

function drawable(
  written: Json,
  { columns, rows, total }: QueryRows & { readonly total: number },
): ChartBlock {
  const chart = readChartSettings(written, columns);
  const names = new Set([chart.x, chart.y, ...(chart.color === undefined ? [] : [chart.color])]);
  const used = [...names].map((name) => columns.findIndex((column) => column.name === name));
  return {
    kind: 'chart',
    chart,
    columns: used.flatMap((index) => columns[index] ?? []),
    rows: rows.slice(0, chartRowLimit).map((row) => used.map((index) => row[index] ?? null)),
    total,
  };
}
