import type { ChartBlock, TableBlock } from '../../protocol/result.js';
import { describeChart, formatQuantity } from '../../protocol/wording.js';
import type { OutputContext } from './actions.js';
import { element } from './element.js';
import { renderTable } from './table.js';

/**
 * A chart, and below it the rows it is drawn from, folded. What draws is a part of its own that is loaded with
 * the first chart; the room is kept meanwhile, as the output's height is measured before.
 */
export function renderChart(
  block: ChartBlock,
  table: TableBlock | undefined,
  { signal }: OutputContext,
): HTMLElement {
  const drawing = element('div', { class: 'drawing' });
  const notes = element('figcaption', {});
  const figure = element('figure', { 'aria-label': describeChart(block) }, drawing, notes);
  const rows = table === undefined ? [] : [renderData(table)];
  draw(block, drawing, signal).then(
    (said) => notes.replaceChildren(...said.map((note) => element('p', {}, note))),
    (error: unknown) => {
      figure.replaceChildren(element('p', {}, `The chart could not be drawn: ${String(error)}`));
      for (const each of rows) each.open = true;
    },
  );
  return element('div', { class: 'chart' }, figure, ...rows);
}

async function draw(block: ChartBlock, host: HTMLElement, signal: AbortSignal): Promise<readonly string[]> {
  const { drawChart } = await import('../chart/chart.js');
  if (signal.aborted) return [];
  const { notes } = await drawChart(block, host, signal);
  return notes;
}

function renderData(table: TableBlock): HTMLDetailsElement {
  const rows = formatQuantity(table.total, 'row');
  return element('details', {}, element('summary', {}, `Data: ${rows}`), renderTable(table));
}
