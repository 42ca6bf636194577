import type { ChartSettings } from './chart.js';
import type { Json } from './json.js';
import { asLayer, type Layer } from './layer.js';
import type { ChartBlock, ModelBlock, TableBlock } from './result.js';
import type { StandingWarnings } from './run.js';

/** How results are put into words, the same wherever they are shown. */

/** `1234567` → `1,234,567`. By hand: making an `Intl.NumberFormat` costs more than a whole plan. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `3, 'row'` → `3 rows`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Milliseconds as a person says them: `12 ms`, `1.4 s`, `2 min 5 s`. */
export function formatElapsed(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `2 warnings since run 41`. */
export function describeStanding({ warnings, sinceRun }: StandingWarnings): string {
  return `${formatQuantity(warnings, 'warning')} since run ${sinceRun}`;
}

/** A value as one line of text; null is `NULL`. */
export function formatValue(value: Json): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** Tells whether values of an engine's type are numbers, which align at their end. */
export function isNumericType(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|FLOAT|DOUBLE|BIGNUM)$/.test(type);
}

/** `Showing 10 of 1,234 rows`: never a silent cut. */
export function describeShownRows({ rows, total }: Pick<TableBlock, 'rows' | 'total'>): string {
  return `Showing ${formatCount(rows.length)} of ${formatQuantity(total, 'row')}`;
}

/** `bar chart of revenue by store`. */
export function describeChart({ chart }: Pick<ChartBlock, 'chart'>): string {
  const { mark, x, y, color, aggregate } = chart;
  const measure = describeMeasure(chart);
  const subject = aggregate === 'count' || x !== y ? `${measure} by ${x}` : measure;
  return `${mark} chart of ${subject}${color === undefined || color === x ? '' : ` and ${color}`}`;
}

/** What a chart measures: `revenue`, `mean of revenue`, `number of rows`. */
export function describeMeasure({ y, aggregate }: ChartSettings): string {
  if (aggregate === 'count') return 'number of rows';
  return aggregate === undefined ? y : `${aggregate} of ${y}`;
}

const meanings: Readonly<Record<Layer, string>> = {
  bronze: 'Bronze: the rows as they came, so that you can always compare.',
  silver: 'Silver: cleaned and checked, each row once.',
  gold: 'Gold: answers, ready for reports and charts.',
};

/** What the layer of a model, `layer.name`, is for. */
export function meaningOfLayer(model: string): string {
  const layer = asLayer(model.split('.')[0] ?? '');
  return layer === undefined ? '' : meanings[layer];
}

/** `built`, or `up to date since run 41`. */
export function describeState({ action, run }: ModelBlock): string {
  return action === 'built' ? action : `${action} since run ${run}`;
}

/** `2,345 rows in → 2,308 rows out`; a view keeps no rows, so it has them at each look. */
export function describeFlow({ form, rows, rowsIn }: ModelBlock): string {
  if (form === 'view') return `a view of ${formatQuantity(rows, 'row')}: nothing is stored`;
  if (rowsIn === undefined) return formatQuantity(rows, 'row');
  return `${formatQuantity(rowsIn, 'row')} in → ${formatQuantity(rows, 'row')} out`;
}

/** `37 rows dropped`. */
export function describeDropped({ dropped }: ModelBlock): string {
  return `${formatQuantity(dropped, 'row')} dropped`;
}

/** Why it was built, and as which version by which run: what an up-to-date model says already is left out. */
export function describeBuild({ action, reason, version, run }: ModelBlock): readonly string[] {
  if (action === 'up to date') return [`version ${version}`];
  return [version === 1 ? 'built for the first time' : reason, `version ${version}, made by run ${run}`];
}

/** What became of a model, as short facts in the order of their weight. */
export function describeModel(model: ModelBlock): readonly string[] {
  const facts = [describeFlow(model)];
  if (model.dropped > 0) facts.push(describeDropped(model));
  facts.push(...describeBuild(model));
  if (model.path !== undefined) facts.push(model.path);
  facts.push(formatElapsed(model.elapsedMs));
  return facts;
}
