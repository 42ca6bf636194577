import { describeOddities, describeValues } from '../../protocol/columnWording.js';
import type { ColumnInspection } from '../../protocol/inspection.js';
import { formatCount } from '../../protocol/wording.js';
import { cellText } from '../notebook/cellText.js';
import { element } from '../notebook/element.js';
import type { LineLink } from './lineLink.js';
import { renderGrid } from './table.js';

const headings = [
  { title: 'Column' },
  { title: 'Type' },
  { title: 'Fit', isNumber: true },
  { title: 'NULL', isNumber: true },
  { title: 'Other', isNumber: true },
  { title: 'From … to, or the first values' },
];

/** Each column with its type and how its values fit it, and below it what is odd about them. */
export function renderColumns(columns: readonly ColumnInspection[], link: LineLink): HTMLElement {
  const rows = columns.map((column) => ({ cells: rowOf(column, link), notes: notesOf(column) }));
  return renderGrid('Table of columns', headings, rows);
}

function rowOf(column: ColumnInspection, link: LineLink): readonly (Node | string)[] {
  const { name, fits, nulls, misfits, firstMisfit } = column;
  const other = count(misfits);
  return [
    cut('name', name),
    typeOf(column),
    count(fits),
    count(nulls),
    firstMisfit === undefined ? other : link(firstMisfit.line, other),
    cut('text', describeValues(column)),
  ];
}

/** A column of texts is counted by the type that most of them have. */
function typeOf({ type, judgedType }: ColumnInspection): HTMLElement {
  const made = element('span', { class: 'type' }, type);
  if (judgedType !== type) made.append(element('span', { class: 'note' }, `counted as ${judgedType}`));
  return made;
}

function cut(look: string, text: string): HTMLElement {
  return element('span', { class: look, title: cellText(text, 2000) }, cellText(text));
}

const longestNote = 240;

function notesOf(column: ColumnInspection): readonly string[] {
  return describeOddities(column).map((note) => cellText(note, longestNote));
}

/** A zero says less than nothing. */
function count(number: number): string {
  return number === 0 ? '' : formatCount(number);
}
