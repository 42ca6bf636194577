import { type ChartSettings, chartAggregates, chartMarks, chartSorts } from '../protocol/chart.js';
import type { Json } from '../protocol/json.js';
import { ProblemError, problem } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';
import { suggest } from '../protocol/suggest.js';
import { isNumericType } from '../protocol/wording.js';

const example = 'Write it as chart={"mark": "bar", "x": "day", "y": "revenue"}.';

const choices = { mark: chartMarks, aggregate: chartAggregates, sort: chartSorts } as const;
const keys = ['mark', 'x', 'y', 'color', 'aggregate', 'title', 'sort'] as const;

/**
 * Reads what a cell's metadata says of its chart against the columns of its result. Columns are found without
 * case, as in SQL. Throws a ProblemError `chart.settings` that names the part that is wrong.
 */
export function readChartSettings(written: Json, columns: readonly ResultColumn[]): ChartSettings {
  const texts = readTexts(written);
  const mark = choose('mark', texts.mark ?? 'bar');
  const aggregate = texts.aggregate === undefined ? undefined : choose('aggregate', texts.aggregate);
  const x = findColumn('x', texts.x, columns);
  // What is counted is rows, so that any column does.
  const y = aggregate === 'count' && texts.y === undefined ? x : findColumn('y', texts.y, columns);
  const hasMeasure = isNumericType(y.type) || (mark !== 'pie' && isNumericType(x.type));
  if (!hasMeasure && aggregate !== 'count' && mark !== 'point') throw noMeasure(x, y);
  return {
    mark,
    x: x.name,
    y: y.name,
    ...(texts.color !== undefined && { color: findColumn('color', texts.color, columns).name }),
    ...(aggregate !== undefined && { aggregate }),
    ...(texts.title !== undefined && { title: texts.title }),
    ...(texts.sort !== undefined && { sort: choose('sort', texts.sort) }),
  };
}

/** Every setting is a text under a known name. */
function readTexts(written: Json): Partial<Record<(typeof keys)[number], string>> {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw fault('The chart of this cell has no settings.', example);
  }
  for (const [key, value] of Object.entries(written)) {
    if (!(keys as readonly string[]).includes(key)) {
      throw fault(`A chart has no setting “${key}”.`, didYouMean(key, keys));
    }
    if (typeof value !== 'string') throw fault(`The chart’s setting “${key}” is not a text.`, example);
  }
  return written as Partial<Record<(typeof keys)[number], string>>;
}

function choose<Key extends keyof typeof choices>(key: Key, written: string): (typeof choices)[Key][number] {
  const allowed: readonly string[] = choices[key];
  if (!allowed.includes(written)) {
    throw fault(`A chart’s “${key}” can’t be “${written}”.`, `Choose one of ${allowed.join(', ')}.`);
  }
  return written as (typeof choices)[Key][number];
}

function findColumn(
  key: 'x' | 'y' | 'color',
  written: string | undefined,
  columns: readonly ResultColumn[],
): ResultColumn {
  if (written === undefined) throw fault(`The chart doesn’t say which column is its “${key}”.`, example);
  const names = columns.map(({ name }) => name);
  const found =
    columns.find(({ name }) => name === written) ??
    columns.find(({ name }) => name.toLowerCase() === written.toLowerCase());
  if (found !== undefined) return found;
  throw fault(
    `The chart’s “${key}” is ${written}, but the result has no such column.`,
    didYouMean(written, names),
  );
}

function noMeasure(x: ResultColumn, y: ResultColumn): ProblemError {
  return fault(
    `The chart has nothing to measure: neither ${x.name} (${x.type}) nor ${y.name} (${y.type}) is a number.`,
    'Choose a column of numbers for “y”, or add "aggregate": "count" to count the rows.',
  );
}

function didYouMean(written: string, known: readonly string[]): string {
  const close = suggest(written, known);
  return close === undefined ? `Choose one of ${known.join(', ')}.` : `Did you mean ${close}?`;
}

function fault(message: string, hint: string): ProblemError {
  return new ProblemError(problem('chart.settings', message, { hint }));
}
