import type { Json } from '../../protocol/json.js';
import type { ResultColumn } from '../../protocol/result.js';
import type { Style } from '../style.js';
import { type Grid, layOutGrid } from './grid.js';
import { isNumeric, valueText } from './resultValue.js';
import { visibleText } from './visibleText.js';

/** A result for people: aligned columns, one line a row, NULL told apart from a text. */
export function formatResultTable(
  columns: readonly ResultColumn[],
  rows: readonly (readonly Json[])[],
  style: Style,
): Grid {
  const gridColumns = columns.map((column) => ({
    title: visibleText(column.name, style.symbols),
    align: isNumeric(column) ? ('right' as const) : ('left' as const),
  }));
  return layOutGrid(gridColumns, cellsOf(rows, style), style);
}

/** The lines of more rows below a table. */
export function* resultTableLines(
  { line }: Grid,
  rows: readonly (readonly Json[])[],
  style: Style,
): Generator<string> {
  for (const cells of cellsOf(rows, style)) yield `${line(cells)}\n`;
}

function cellsOf(rows: readonly (readonly Json[])[], style: Style): readonly (readonly string[])[] {
  return rows.map((row) =>
    row.map((value) => (value === null ? 'NULL' : visibleText(valueText(value), style.symbols))),
  );
}
