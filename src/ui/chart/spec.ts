import type { TopLevelSpec } from 'vega-lite';
import type { ChartMark } from '../../protocol/chart.js';
import type { ChartBlock } from '../../protocol/result.js';
import { describeChart, describeMeasure, formatQuantity } from '../../protocol/wording.js';
import { type ChartData, chartData } from './data.js';

/** What Vega-Lite draws, and what is said beside it. */
export interface Chart {
  readonly spec: TopLevelSpec;
  /** One sentence for who can't see it. */
  readonly description: string;
  readonly notes: readonly string[];
}

/** The room that an output keeps for a chart before it is drawn. */
const heightPixels = 340;

/** What the axis beside the bars takes, with its numbers and its title. */
const axisPixels = 100;

/** How much of a label has to be seen, and what a letter of it takes at the most. */
const mostLetters = 24;
const letterPixels = 7;

/** Theme colours of VS Code's charts; more values than that need a scheme with more colours. */
const themeColors = 6;

const marks: Readonly<Record<ChartMark, { readonly type: string } & Record<string, unknown>>> = {
  bar: { type: 'bar' },
  line: { type: 'line', point: true },
  area: { type: 'area', line: true, opacity: 0.6 },
  point: { type: 'point', filled: true },
  pie: { type: 'arc' },
};

/**
 * The chart of some rows as a Vega-Lite specification, `width` pixels wide at the most. The data is inline and
 * under names of ours: a column's name may hold what Vega-Lite reads as a path.
 */
export function buildChart(block: ChartBlock, width: number): Chart {
  const { chart } = block;
  const drawn = chartData(block);
  const description = capitalised(
    `${describeChart(block)}, ${formatQuantity(drawn.data.length, chart.mark === 'pie' ? 'slice' : 'mark')}.`,
  );
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    ...(chart.title !== undefined && { title: { text: chart.title, anchor: 'start' } }),
    data: { values: drawn.data },
    mark: { ...marks[chart.mark], tooltip: true },
    encoding: {
      ...(chart.mark === 'pie' ? slices(block, drawn) : axes(block, drawn, width)),
      tooltip: tooltips(block, drawn),
    },
    ...size(block, drawn, width),
  };
  return { spec: spec as unknown as TopLevelSpec, description, notes: drawn.notes };
}

function axes({ chart }: ChartBlock, drawn: ChartData, width: number): Record<string, unknown> {
  const place: Channel = { field: 'place', title: drawn.placeName, ...placement(drawn, width) };
  const measure: Channel = { field: 'measure', type: 'quantitative', title: measureName(chart, drawn) };
  const [x, y] = drawn.isHorizontal ? [measure, place] : [place, measure];
  return {
    x: { ...x, axis: { ...x.axis, titleLimit: widthOf(drawn, width) } },
    y,
    ...(chart.color !== undefined && {
      color: colors(
        chart.color,
        distinct(drawn, ({ color }) => color),
      ),
    }),
  };
}

type Channel = Record<string, unknown> & { readonly axis?: object };

function placement(drawn: ChartData, width: number): Channel {
  const { placeScale, isHorizontal, data } = drawn;
  if (placeScale === 'number') return { type: 'quantitative' };
  if (placeScale === 'time') return { type: 'temporal', scale: { type: 'utc' } };
  const longest = Math.max(0, ...data.map(({ placeText }) => Math.min(placeText.length, mostLetters)));
  // A level label that is wider than its bar's room would run into its neighbour's, or be cut until two look the same.
  const isTight = !isHorizontal && longest * letterPixels > roomOfPlace(drawn, width);
  const labelLimit = isTight || isHorizontal ? 180 : Math.min(180, roomOfPlace(drawn, width));
  return { type: 'nominal', sort: null, axis: { labelLimit, labelAngle: isTight ? -40 : 0 } };
}

function slices({ chart }: ChartBlock, drawn: ChartData): Record<string, unknown> {
  return {
    theta: { field: 'measure', type: 'quantitative', title: measureName(chart, drawn), stack: true },
    color: { ...colors(drawn.placeName, drawn.data.length), field: 'place' },
  };
}

function colors(title: string, count: number): Record<string, unknown> {
  const scale = count > themeColors ? { scheme: 'tableau20' } : {};
  return { field: 'color', type: 'nominal', title, sort: null, scale };
}

function tooltips({ chart }: ChartBlock, drawn: ChartData): readonly Record<string, unknown>[] {
  return [
    { field: 'placeText', type: 'nominal', title: drawn.placeName },
    { field: 'measureText', type: 'nominal', title: measureName(chart, drawn) },
    ...(chart.color === undefined ? [] : [{ field: 'color', type: 'nominal', title: chart.color }]),
  ];
}

/** A few bars are not stretched over a wide screen; many horizontal ones make the chart taller. */
function size({ chart }: ChartBlock, drawn: ChartData, width: number): Record<string, unknown> {
  const autosize = { type: 'fit', contains: 'padding' };
  if (chart.mark === 'pie') return { width: Math.min(width, 460), height: heightPixels, autosize };
  const isDiscrete = drawn.placeScale === 'category';
  if (drawn.isHorizontal && isDiscrete) {
    return { width, height: { step: 24 }, autosize: { ...autosize, type: 'fit-x' } };
  }
  return { width: widthOf(drawn, width), height: heightPixels, autosize };
}

/** How wide a chart with axes gets. */
function widthOf(drawn: ChartData, width: number): number {
  return drawn.placeScale === 'category' && !drawn.isHorizontal ? upright(drawn, width) : width;
}

/** How wide upright bars get together. */
function upright(drawn: ChartData, width: number): number {
  return Math.min(width, Math.max(320, placesOf(drawn) * 90 + axisPixels));
}

function roomOfPlace(drawn: ChartData, width: number): number {
  return Math.floor((upright(drawn, width) - axisPixels) / Math.max(placesOf(drawn), 1));
}

function placesOf(drawn: ChartData): number {
  return distinct(drawn, ({ place }) => place);
}

function measureName(chart: ChartBlock['chart'], { isHorizontal, aggregate }: ChartData): string {
  return describeMeasure({
    ...chart,
    y: isHorizontal ? chart.x : chart.y,
    ...(aggregate !== undefined && { aggregate }),
  });
}

function distinct({ data }: ChartData, value: (datum: ChartData['data'][number]) => unknown): number {
  return new Set(data.map(value)).size;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
