import { element } from '../notebook/element.js';

interface Heading {
  readonly title: string;
  readonly isNumber?: boolean;
}

interface Row {
  /** The first one names the row. */
  readonly cells: readonly (Node | string)[];
  /** What is said below it. */
  readonly notes?: readonly string[];
}

/** A table that a screen reader can walk and that scrolls inside when it is wide. */
export function renderGrid(label: string, headings: readonly Heading[], rows: readonly Row[]): HTMLElement {
  const looks = headings.map(({ isNumber }) => (isNumber === true ? { class: 'number' } : {}));
  const head = headings.map(({ title }, index) => element('th', { scope: 'col', ...looks[index] }, title));
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.flatMap((row) => drawn(row, looks))),
  );
  // A region that scrolls has to be reachable by keyboard.
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table);
}

function drawn({ cells, notes = [] }: Row, looks: readonly Record<string, string>[]): readonly HTMLElement[] {
  const made = cells.map((cell, index) =>
    index === 0
      ? element('th', { scope: 'row', ...looks[index] }, cell)
      : element('td', { ...looks[index] }, cell),
  );
  const row = element('tr', {}, ...made);
  if (notes.length === 0) return [row];
  const list = element('ul', {}, ...notes.map((note) => element('li', {}, note)));
  const below = element('td', { colspan: String(looks.length) }, list);
  return [row, element('tr', { class: 'notes' }, below)];
}
