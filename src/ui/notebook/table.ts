import type { Json } from '../../protocol/json.js';
import type { ResultColumn, TableBlock } from '../../protocol/result.js';
import { describeShownRows, formatElapsed, formatValue, isNumericType } from '../../protocol/wording.js';
import { element } from './element.js';

/** The first rows of a result as a table that a screen reader can walk. */
export function renderTable(block: TableBlock): HTMLElement {
  const shown = describeShownRows(block);
  const table = element(
    'table',
    {},
    element('caption', {}, `${shown} · ${formatElapsed(block.elapsedMs)}`),
    element('thead', {}, element('tr', {}, ...block.columns.map(renderHeader))),
    element('tbody', {}, ...block.rows.map((row) => renderRow(row, block.columns))),
  );
  // A region that scrolls has to be reachable by keyboard.
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': shown }, table);
}

function renderHeader({ name, type }: ResultColumn): HTMLElement {
  return element(
    'th',
    { scope: 'col', ...alignment(type) },
    element('span', { class: 'name' }, name),
    element('span', { class: 'type' }, type),
  );
}

function renderRow(row: readonly Json[], columns: readonly ResultColumn[]): HTMLElement {
  return element('tr', {}, ...columns.map(({ type }, index) => renderCell(row[index] ?? null, type)));
}

function renderCell(value: Json, type: string): HTMLElement {
  if (value === null) return element('td', { class: 'null' }, 'NULL');
  return element('td', alignment(type), formatValue(value));
}

function alignment(type: string): Record<string, string> {
  return isNumericType(type) ? { class: 'number' } : {};
}
