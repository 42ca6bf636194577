import type { ChartAggregate, ChartSettings, ChartSort } from '../../protocol/chart.js';
import type { Json } from '../../protocol/json.js';
import type { ChartBlock } from '../../protocol/result.js';
import { formatCount, formatQuantity, formatValue } from '../../protocol/wording.js';
import { aggregate } from './aggregate.js';
import { type Scale, scaleOf, toNumber } from './values.js';

/** One mark of a chart: the place it stands at, how much it shows, and both in words. */
export interface Datum {
  readonly place: string | number;
  readonly measure: number;
  readonly color?: string;
  readonly placeText: string;
  readonly measureText: string;
}

/** What is drawn, in the order in which it is drawn. */
export interface ChartData {
  /** True where the measure is the horizontal axis. */
  readonly isHorizontal: boolean;
  readonly placeName: string;
  readonly placeScale: Scale;
  /** How rows at one place were taken together; undefined where each row is a mark. */
  readonly aggregate: ChartAggregate | undefined;
  readonly data: readonly Datum[];
  /** What a person has to know to read the chart rightly, a sentence each. */
  readonly notes: readonly string[];
}

/** More places than that are drawn on an axis of numbers or time; below, each has a place of its own. */
const mostPlaces = 60;

interface Mark {
  readonly place: string | number;
  readonly placeText: string;
  readonly measure: number;
  readonly measureText: string;
  readonly color?: string;
}

/** Turns the rows of a chart into its marks: placed, taken together and sorted as its settings say. */
export function chartData(block: ChartBlock): ChartData {
  const { chart } = block;
  const x = columnOf(block, chart.x);
  const y = columnOf(block, chart.y);
  const isHorizontal =
    chart.mark !== 'pie' && chart.aggregate !== 'count' && x.scale === 'number' && y.scale !== 'number';
  const [place, measure] = isHorizontal ? [y, x] : [x, y];
  const placeScale = scaleOfPlaces(chart, place, block.rows);
  const marks = block.rows.flatMap((row): readonly Mark[] => {
    const number = chart.aggregate === 'count' ? 1 : toNumber(row[measure.index] ?? null, 'number');
    const at = placeOf(row[place.index] ?? null, placeScale);
    if (number === undefined || at === undefined) return [];
    return [
      {
        place: at,
        placeText: formatValue(row[place.index] ?? null),
        measure: number,
        measureText: formatValue(row[measure.index] ?? null),
        ...colorOf(block, row),
      },
    ];
  });
  const together = takenTogether(chart, marks);
  return {
    isHorizontal,
    placeName: place.name,
    placeScale,
    aggregate: together,
    data: sorted(together === undefined ? marks : group(marks, together), chart.sort, isHorizontal),
    notes: notesOf(block, marks.length, together, measure.name, place.name),
  };
}

interface Column {
  readonly name: string;
  readonly index: number;
  readonly scale: Scale;
}

function columnOf({ columns }: ChartBlock, name: string): Column {
  const index = columns.findIndex((column) => column.name === name);
  return { name, index, scale: scaleOf(columns[index]?.type ?? '') };
}

/** Bars and slices stand side by side as long as there is room, so that each has its own width and label. */
function scaleOfPlaces({ mark }: ChartSettings, { index, scale }: Column, rows: ChartBlock['rows']): Scale {
  if (mark === 'pie') return 'category';
  if (mark !== 'bar' || scale === 'category') return scale;
  const places = new Set(rows.map((row) => formatValue(row[index] ?? null)));
  return places.size <= mostPlaces ? 'category' : scale;
}

function placeOf(value: Json, scale: Scale): string | number | undefined {
  return scale === 'category' ? formatValue(value) : toNumber(value, scale);
}

function colorOf(block: ChartBlock, row: readonly Json[]): { readonly color?: string } {
  const { color } = block.chart;
  if (color === undefined) return {};
  return { color: formatValue(row[columnOf(block, color).index] ?? null) };
}

/** Marks that would hide each other are added up, which is what a stack of them shows. */
function takenTogether(
  { mark, aggregate }: ChartSettings,
  marks: readonly Mark[],
): ChartAggregate | undefined {
  if (aggregate !== undefined) return aggregate;
  if (mark === 'line' || mark === 'point') return undefined;
  return new Set(marks.map(keyOf)).size < marks.length ? 'sum' : undefined;
}

function keyOf({ place, color }: Mark): string {
  return JSON.stringify([place, color]);
}

function group(marks: readonly Mark[], by: ChartAggregate): readonly Datum[] {
  const groups = new Map<string, Mark[]>();
  for (const mark of marks) groups.set(keyOf(mark), [...(groups.get(keyOf(mark)) ?? []), mark]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const measure = aggregate(
      by,
      group.map((mark) => mark.measure),
    );
    return [
      { ...first, measure, measureText: measure.toLocaleString('en-US', { maximumFractionDigits: 6 }) },
    ];
  });
}

function sorted(
  data: readonly Datum[],
  sort: ChartSort | undefined,
  isHorizontal: boolean,
): readonly Datum[] {
  if (sort === undefined || sort === 'none') return data;
  const isByMeasure = sort.endsWith('x') === isHorizontal;
  const direction = sort.startsWith('-') ? -1 : 1;
  const compare = isByMeasure
    ? (a: Datum, b: Datum) => a.measure - b.measure
    : (a: Datum, b: Datum) => comparePlaces(a.place, b.place);
  return [...data].sort((a, b) => direction * compare(a, b));
}

function comparePlaces(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function notesOf(
  { chart, rows, total }: ChartBlock,
  drawn: number,
  together: ChartAggregate | undefined,
  measure: string,
  place: string,
): readonly string[] {
  const notes: string[] = [];
  if (total > rows.length) {
    notes.push(
      `Drawn from the first ${formatCount(rows.length)} of ${formatQuantity(total, 'row')}. ` +
        'Let SQL take them together first, with GROUP BY, to draw all of them.',
    );
  }
  if (drawn < rows.length) {
    notes.push(`Not drawn: ${formatQuantity(rows.length - drawn, 'row')} without a value.`);
  }
  if (together !== chart.aggregate)
    notes.push(`Rows with the same ${place} are added up: ${measure} is their sum.`);
  return notes;
}
