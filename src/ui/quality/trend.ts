import { directionOf, formatTrend } from '../../protocol/wording.js';
import { element } from '../notebook/element.js';

const svg = 'http://www.w3.org/2000/svg';
const [height, barWidth, gap, smallest] = [20, 6, 2, 2];
const words = { more: 'more than before', fewer: 'fewer than before', same: 'as before' } as const;
const arrows = { more: '↑', fewer: '↓', same: '→' } as const;

/** Counts of runs as little bars, oldest first, and the last ones in numbers; without a gap in what is told. */
export function renderTrend(values: readonly (number | null)[]): HTMLElement {
  const direction = directionOf(values);
  const trend = element('span', { class: 'trend' });
  if (values.length > 1) trend.append(bars(values));
  if (direction !== undefined) {
    const title = words[direction];
    trend.append(
      element(
        'span',
        { class: `direction ${direction}`, role: 'img', title, 'aria-label': title },
        arrows[direction],
      ),
    );
  }
  trend.append(element('span', { class: 'numbers' }, formatTrend(values)));
  return trend;
}

/** They repeat what the numbers say. */
function bars(values: readonly (number | null)[]): SVGElement {
  const largest = Math.max(1, ...values.map((value) => value ?? 0));
  const width = values.length * (barWidth + gap) - gap;
  const drawing = shape('svg', {
    class: 'bars',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
  });
  for (const [index, value] of values.entries()) {
    const x = index * (barWidth + gap);
    if (value === null) continue;
    const tall = value === 0 ? smallest : Math.max(2 * smallest, Math.round((value / largest) * height));
    const bar = shape('rect', {
      class: value === 0 ? 'none' : 'some',
      x,
      y: height - tall,
      width: barWidth,
      height: tall,
    });
    drawing.append(bar);
  }
  return drawing;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made as SVGElement;
}
