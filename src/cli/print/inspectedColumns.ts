import { describeOddities, describeValues } from '../../protocol/columnWording.js';
import type { ColumnInspection } from '../../protocol/inspection.js';
import { formatCount } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { visibleText } from './visibleText.js';
import { wrapText } from './wrap.js';

/** The columns of a file as a table, and below it what is odd about them. */
export function formatInspectedColumns(columns: readonly ColumnInspection[], style: Style): string {
  const grid = layOutGrid(
    [
      { title: 'column' },
      { title: 'type' },
      { title: 'fit', align: 'right' },
      { title: 'null', align: 'right' },
      { title: 'other', align: 'right' },
      { title: 'from … to, or the first values' },
    ],
    columns.map((column) => rowOf(column, style)),
    style,
  );
  const notes = columns.flatMap((column) =>
    describeOddities(column).map((note) => noteLine(column.name, note, style)),
  );
  return [grid.text, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

function rowOf(column: ColumnInspection, { symbols }: Style): readonly string[] {
  const { name, type, fits, nulls, misfits } = column;
  return [
    visibleText(name, symbols),
    type,
    count(fits),
    count(nulls),
    count(misfits),
    visibleText(describeValues(column), symbols),
  ];
}

/** A zero says less than nothing. */
function count(number: number): string {
  return number === 0 ? '' : formatCount(number);
}

function noteLine(name: string, note: string, { colours, symbols, width }: Style): string {
  const [first = '', ...more] = wrapText(
    `${visibleText(name, symbols)}: ${visibleText(note, symbols)}`,
    width,
    '  ',
  ).split('\n');
  return [first, ...more].map((line) => colours.dim(line)).join('\n');
}
