import type { Json } from '../../protocol/json.js';
import type { ResultColumn, TableBlock } from '../../protocol/result.js';
import { describeShownRows, formatElapsed, isNumericType } from '../../protocol/wording.js';
import { payloadSource, type ResultSource, type Row } from '../resultSource.js';
import { cellText } from './cellText.js';
import { element } from './element.js';
import { joinFacts } from './joinFacts.js';

/** The first rows of a result as a table that a screen reader can walk. */
export function renderTable(block: TableBlock): HTMLElement {
  return renderRows(payloadSource(block), formatElapsed(block.elapsedMs));
}

/** The rows that a source has at hand. `note` is said below them, after how many they are. */
function renderRows(source: ResultSource, note: string): HTMLElement {
  const rows = source.rows(0, source.total);
  const shown = describeShownRows({ rows, total: source.total });
  const table = element(
    'table',
    {},
    element('caption', {}, joinFacts(shown, note)),
    element('thead', {}, element('tr', {}, ...source.columns.map(renderHeader))),
    element('tbody', {}, ...renderBody(rows, source.columns)),
  );
  // A region that scrolls has to be reachable by keyboard.
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': shown }, table);
}

function renderHeader({ name, type }: ResultColumn): HTMLElement {
  return element(
    'th',
    { scope: 'col', ...alignment(type) },
    element('span', { class: 'name', ...fullText(name, cellText(name)) }, cellText(name)),
    element('span', { class: 'type', ...fullText(type, cellText(type)) }, cellText(type)),
  );
}

function renderBody(rows: readonly Row[], columns: readonly ResultColumn[]): readonly HTMLElement[] {
  if (rows.length > 0) return rows.map((row) => renderRow(row, columns));
  const span = String(Math.max(columns.length, 1));
  return [element('tr', {}, element('td', { class: 'empty', colspan: span }, 'There are no rows.'))];
}

function renderRow(row: Row, columns: readonly ResultColumn[]): HTMLElement {
  return element('tr', {}, ...columns.map(({ type }, index) => renderCell(row[index] ?? null, type)));
}

function renderCell(value: Json, type: string): HTMLElement {
  if (value === null) return element('td', { class: `null ${alignment(type).class ?? ''}` }, 'NULL');
  const text = cellText(value);
  return element('td', { ...alignment(type), ...fullText(value, text) }, text);
}

/** What was cut, or may be cut by the width of its column, is told when the mouse rests on it. */
function fullText(value: Json, shown: string): Record<string, string> {
  const text = cellText(value, 2000);
  return text !== shown || shown.length > 40 ? { title: text } : {};
}

function alignment(type: string): Record<string, string> {
  return isNumericType(type) ? { class: 'number' } : {};
}
