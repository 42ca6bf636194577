import type { CheckQuality, QualityReport, QualityRun, TableQuality } from '../../protocol/quality.js';
import { apartTrend, failureSince, type QualityState, qualityState } from '../../protocol/qualityState.js';
import {
  describeEquation,
  describeSource,
  directionOf,
  formatCount,
  formatMoment,
  formatQuantity,
  formatTrend,
} from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { formatSparkline } from './sparkline.js';
import { visibleText } from './visibleText.js';

/** The state of data quality, table by table. */
export function formatQuality({ tables, environment, project }: QualityReport, style: Style): string {
  if (tables.length === 0) return 'Nothing has been built yet; ratatouille run builds the tables.';
  const title = `${style.colours.bold(visibleText(project, style.symbols))}, environment ${environment}`;
  return [title, ...tables.map((table) => formatTable(table, style))].join('\n\n');
}

function formatTable(table: TableQuality, style: Style): string {
  const { name, published, sources } = table;
  const state = qualityState(table);
  const lines = [
    `${symbolOf(state, style)} ${style.colours.bold(name)}  ${standingOf(table)}`,
    ...failureOf(table, style),
    ...(published?.equation === undefined ? [] : [describeEquation(published.equation)]),
    ...sources.map((source) =>
      visibleText(`landing('${source.pattern}') under ${describeSource(source)}`, style.symbols),
    ),
  ];
  const [head = '', ...more] = lines;
  const grid = rowsOf(table, style);
  return [head, ...more.map(indented), ...(grid === '' ? [] : grid.split('\n').map(indented))].join('\n');
}

function indented(line: string): string {
  return `  ${line}`;
}

function standingOf({ published, checks }: TableQuality): string {
  if (published === undefined) return 'never built';
  const { rows, version, run, at } = published;
  const facts = [formatQuantity(rows, 'row'), `version ${version} of run ${run}`, formatMoment(at)];
  return [...facts, ...(checks.length === 0 ? ['no checks'] : [])].join(', ');
}

function failureOf(table: TableQuality, { colours, symbols }: Style): readonly string[] {
  const failure = failureSince(table);
  if (failure === undefined) return [];
  return [colours.red(`run ${failure.run} failed: ${visibleText(failure.reason ?? '', symbols)}`)];
}

function symbolOf(state: QualityState, { colours, symbols }: Style): string {
  if (state === 'good') return colours.green(symbols.done);
  return state === 'failed' ? colours.red(symbols.failed) : colours.yellow(symbols.warning);
}

function rowsOf(table: TableQuality, style: Style): string {
  const { checks, runs, published } = table;
  const rows = [
    ...checks.map((check) => checkRow(check, style)),
    ...countRow('rejected records', published?.rejected, apartTrend(table, 'rejected'), style),
    ...countRow('quarantined rows', published?.quarantined, apartTrend(table, 'quarantined'), style),
  ];
  if (rows.length === 0) return '';
  const columns = [
    { title: 'check' },
    { title: 'does' },
    { title: 'rows', align: 'right' as const },
    { title: `runs ${spanOf(runs)}` },
  ];
  return layOutGrid(columns, rows, style).text;
}

function spanOf(runs: readonly QualityRun[]): string {
  const [first, last] = [runs[0]?.run, runs.at(-1)?.run];
  return first === last ? `${last ?? ''}` : `${first}–${last}`;
}

function checkRow(
  { check, action, failures, trend, found = [] }: CheckQuality,
  style: Style,
): readonly string[] {
  const values = found.map(({ aggregate, value }) => `${aggregate} is ${value ?? 'NULL'}`).join(', ');
  const text = values === '' ? check : `${check} (${values})`;
  return [visibleText(text, style.symbols), action, formatCount(failures), trendOf(trend, style)];
}

function countRow(
  title: string,
  now: number | undefined,
  counts: readonly (number | null)[],
  style: Style,
): readonly (readonly string[])[] {
  if ((now ?? 0) === 0 && counts.every((count) => (count ?? 0) === 0)) return [];
  return [[title, '', now === undefined ? '' : formatCount(now), trendOf(counts, style)]];
}

const arrows = { more: '↑', fewer: '↓', same: '→' } as const;

/** Numbers say it to everybody, also where a terminal has no little bars. */
function trendOf(values: readonly (number | null)[], style: Style): string {
  const direction = directionOf(values);
  const bars = formatSparkline(values, style);
  const drawn =
    bars === '' || values.length < 2 ? '' : `${bars} ${direction === undefined ? ' ' : arrows[direction]}  `;
  return `${drawn}${formatTrend(values)}`;
}
