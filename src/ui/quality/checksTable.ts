import type { CheckQuality, TableQuality } from '../../protocol/quality.js';
import type { MessageFromQuality } from '../../protocol/qualityPage.js';
import { apartTrend } from '../../protocol/qualityState.js';
import { formatCount } from '../../protocol/wording.js';
import { linkButton } from '../notebook/button.js';
import { element } from '../notebook/element.js';
import { renderTrend } from './trend.js';

/** What the page may ask for. */
export type Ask = (message: MessageFromQuality) => void;

const deeds = { warn: 'warns', drop: 'drops rows', fail: 'must hold' } as const;

/** The checks of a table and what was set apart from it, with how many rows now and over the runs. */
export function renderChecks(table: TableQuality, ask: Ask): HTMLElement {
  const { checks, runs } = table;
  const rows = [
    ...checks.map(checkRow),
    ...apartRow(table, 'rejected', 'Records that fit no contract', ask),
    ...apartRow(table, 'quarantined', 'Rows in quarantine', ask),
  ];
  if (rows.length === 0)
    return element(
      'p',
      { class: 'note' },
      'It has no check yet: write one above its cell, as -- @check: not_null(id)',
    );
  const span = runs.length === 0 ? '' : ` of runs ${runs[0]?.run}–${runs.at(-1)?.run}`;
  const titles = ['check', 'what it does', 'rows', `trend${runs.length > 1 ? span : ''}`];
  const header = titles.map((title) =>
    element('th', { scope: 'col', ...(title === 'rows' && { class: 'number' }) }, title),
  );
  return element(
    'table',
    { 'aria-label': `Checks of ${table.name}` },
    element('thead', {}, element('tr', {}, ...header)),
    element('tbody', {}, ...rows),
  );
}

function checkRow({ check, action, failures, trend, found = [] }: CheckQuality): HTMLElement {
  const values = found.map(({ aggregate, value }) => `${aggregate} is ${value ?? 'NULL'}`).join(', ');
  const name = element('th', { scope: 'row' }, element('code', {}, check));
  if (values !== '') name.append(element('span', { class: 'note' }, values));
  const state = failures === 0 ? 'held' : action === 'fail' ? 'failed' : 'broken';
  return element(
    'tr',
    {},
    name,
    element('td', {}, deeds[action]),
    element('td', { class: `number ${state}` }, formatCount(failures)),
    element('td', {}, renderTrend(trend)),
  );
}

/** A run that failed keeps its own rejects: they are told where it is. */
function apartRow(
  table: TableQuality,
  rows: 'rejected' | 'quarantined',
  title: string,
  ask: Ask,
): readonly HTMLElement[] {
  const now = table.published?.[rows] ?? 0;
  const trend = apartTrend(table, rows);
  if (now === 0 && trend.every((count) => (count ?? 0) === 0)) return [];
  const show = () => ask({ kind: 'show rows', table: table.name, rows });
  const count = now === 0 ? '0' : linkButton(formatCount(now), `Shows these rows of ${table.name}`, show);
  return [
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, title),
      element('td', {}, rows === 'rejected' ? 'kept apart' : 'taken out by checks'),
      element('td', { class: `number ${now === 0 ? 'held' : 'broken'}` }, count),
      element('td', {}, renderTrend(trend)),
    ),
  ];
}
