import type { ChartSettings } from './chart.js';
import type { Json } from './json.js';
import { asLayer, type Layer } from './layer.js';
import type { CheckOutcome, FailingRows, RowEquation, SourceQuality } from './quality.js';
import type { ChartBlock, ModelBlock, TableBlock } from './result.js';
import type { StandingWarnings } from './run.js';
import type { NextRun } from './tableHistory.js';

/** How results are put into words, the same wherever they are shown. */

/** `1234567` → `1,234,567`. By hand: making an `Intl.NumberFormat` costs more than a whole plan. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `3, 'row'` → `3 rows`. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** In decimal units: `1234567` → `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${byteUnits[unit]}`;
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

/**
 * `1,204 in = 1,100 out + 37 quarantined + 67 filtered`; where that can't be told, what is known and why not the rest:
 * `1,100 out + 37 quarantined (joins can multiply rows)`.
 */
export function describeEquation(equation: RowEquation): string {
  const { in: read, out, quarantined, filtered, deduplicated, rejected, holds, unknown } = equation;
  const parts = [`${formatCount(out)} out`];
  const left = { quarantined, filtered, deduplicated, rejected };
  for (const [what, count] of Object.entries(left)) if (count) parts.push(`${formatCount(count)} ${what}`);
  const sum = parts.join(' + ');
  if (unknown !== undefined || read === undefined)
    return `${sum} (${unknown ?? 'its source is not counted'})`;
  return `${formatCount(read)} in ${holds === false ? '≠' : '='} ${sum}`;
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

/**
 * `1,204 in = 1,100 out + 37 quarantined + 67 filtered`, or where that can't be told `2,345 rows in → 2,308 rows out
 * (joins can multiply rows)`; a view keeps no rows, so it has them at each look.
 */
export function describeFlow({ form, rows, rowsIn, equation }: ModelBlock): string {
  if (form === 'view') return `a view of ${formatQuantity(rows, 'row')}: nothing is stored`;
  // Where all rows that went in came out there is nothing to add up.
  if (equation?.holds !== undefined && equation.in !== equation.out) return describeEquation(equation);
  const why = equation?.unknown === undefined ? '' : ` (${equation.unknown})`;
  if (rowsIn === undefined) return `${formatQuantity(rows, 'row')}${why}`;
  return `${formatQuantity(rowsIn, 'row')} in → ${formatQuantity(rows, 'row')} out${why}`;
}

/** `37 rows dropped`. */
export function describeDropped({ dropped }: ModelBlock): string {
  return `${formatQuantity(dropped, 'row')} dropped`;
}

/** The checks of a model that warn of some row. */
export function warnedChecks({ checks = [] }: ModelBlock): readonly CheckOutcome[] {
  return checks.filter(({ action, failures }) => action === 'warn' && failures > 0);
}

/** `22 warned`: a row counts for each check that it breaks; undefined for none. */
export function describeWarned(model: ModelBlock): string | undefined {
  const rows = warnedChecks(model).reduce((sum, { failures }) => sum + failures, 0);
  return rows === 0 ? undefined : `${formatCount(rows)} warned`;
}

/** `3 rejected`: records that did not fit the contract of their files. */
export function describeRejected(rejected: number): string {
  return `${formatCount(rejected)} rejected`;
}

/** `12 rows break it`; a rule of the whole table is broken by no row. */
export function describeFailures({ action, failures, failing }: CheckOutcome): string {
  if (action !== 'drop' && failing === undefined && failures === 1) return 'it does not hold';
  return `${formatQuantity(failures, 'row')} ${failures === 1 ? 'breaks' : 'break'} it`;
}

/** `12 rows break not_null(cashier)`; a rule of the whole table is broken by no row. */
export function describeBroken({ check, failures, failing }: CheckOutcome): string {
  if (failing === undefined && failures === 1) return `${check} does not hold`;
  return `${formatQuantity(failures, 'row')} ${failures === 1 ? 'breaks' : 'break'} ${check}`;
}

/** `The first 2 of 22 rows`. */
export function describeFailingRows(
  { failures }: Pick<CheckOutcome, 'failures'>,
  { rows }: FailingRows,
): string {
  if (rows.length >= failures) return formatQuantity(rows.length, 'row');
  return `The first ${rows.length} of ${formatQuantity(failures, 'row')}`;
}

/** Why it was built, and as which version by which run: what an up-to-date model says already is left out. */
export function describeBuild({ action, reason, version, run }: ModelBlock): readonly string[] {
  if (action === 'up to date') return [`version ${version}`];
  return [version === 1 ? 'built for the first time' : reason, `version ${version}, made by run ${run}`];
}

/** What became of a model, as short facts in the order of their weight. */
export function describeModel(model: ModelBlock): readonly string[] {
  const facts = [describeFlow(model)];
  if (model.rejected !== undefined) facts.push(describeRejected(model.rejected));
  if (model.dropped > 0) facts.push(describeDropped(model));
  const warned = describeWarned(model);
  if (warned !== undefined) facts.push(warned);
  facts.push(...describeBuild(model));
  if (model.path !== undefined) facts.push(model.path);
  facts.push(formatElapsed(model.elapsedMs));
  return facts;
}

/** What the next run will do with a table, as a sentence; empty when it is not known. */
export function describeNextRun(next: NextRun | undefined): string {
  switch (next?.action) {
    case undefined:
      return '';
    case 'orphan':
      return 'It is an orphan: no notebook builds it, and no run changes it.';
    case 'skip':
      return `The next run leaves it as it is: ${next.reason}.`;
    case 'blocked':
      return `The next run can't build it: ${next.reason.replace(/\.$/, '')}.`;
    case 'judge':
      return `The next run judges its checks again: ${next.reason}.`;
    case 'build':
      return `The next run builds it again: ${next.reason}.`;
  }
}

/** Where numbers are going, by the last two that are known: `more`, `fewer`, `same`; undefined for less than two. */
export function directionOf(values: readonly (number | null)[]): 'more' | 'fewer' | 'same' | undefined {
  const known = values.filter((value) => value !== null);
  const [before, last] = known.slice(-2);
  if (before === undefined || last === undefined) return undefined;
  return last === before ? 'same' : last > before ? 'more' : 'fewer';
}

const shownNumbers = 5;

/** `… 0, 3, –, 12`: the last numbers of runs in their order; a dash for a run that does not know. */
export function formatTrend(values: readonly (number | null)[]): string {
  const numbers = values.slice(-shownNumbers).map((value) => (value === null ? '–' : formatCount(value)));
  return `${values.length > shownNumbers ? '… ' : ''}${numbers.join(', ')}`;
}

/** `2026-01-05 08:00 UTC`, from ISO 8601 in UTC. */
export function formatMoment(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** `contracts/sales.json, which allows 20 rejected records`. */
export function describeSource({ contract, maxRejects }: SourceQuality): string {
  if (contract === undefined) return 'no contract that can be read';
  if (maxRejects === undefined || maxRejects === 0) return `${contract}, which allows no rejected record`;
  const allowed =
    typeof maxRejects === 'number'
      ? formatQuantity(maxRejects, 'rejected record')
      : `${maxRejects} of the records to be rejected`;
  return `${contract}, which allows ${allowed}`;
}
