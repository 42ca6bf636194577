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
  const cells = rows.map((row) =>
    row.map((value) => (value === null ? 'NULL' : visibleText(valueText(value), style.symbols))),
  );
  return layOutGrid(gridColumns, cells, style);
}
