import type { CheckQuality, TableQuality } from '../../protocol/quality.js';
import { failureSince, type QualityState, qualityState } from '../../protocol/qualityState.js';
import { describeEquation, describeSource, formatMoment, formatQuantity } from '../../protocol/wording.js';
import { linkButton } from '../notebook/button.js';
import { element } from '../notebook/element.js';
import { renderFailingRows } from '../notebook/failingRows.js';
import { styles as rowStyles } from '../notebook/styles.js';
import { styleSheet } from '../styleSheet.js';
import { type Ask, renderChecks } from './checksTable.js';

export const stateWords: Readonly<Record<QualityState, string>> = {
  good: 'all checks hold',
  look: 'to look at',
  failed: 'failed',
};

/** One table: open where there is something to look at. */
export function renderTableSection(table: TableQuality, ask: Ask, isOpen: boolean): HTMLElement {
  const state = qualityState(table);
  const word = state === 'good' && table.checks.length === 0 ? 'no checks' : stateWords[state];
  return element(
    'details',
    { class: `table ${state}`, 'data-table': table.name, ...(isOpen && { open: '' }) },
    element(
      'summary',
      {},
      element('h2', {}, table.name),
      element('span', { class: `badge ${state}` }, word),
      element('span', { class: 'note' }, standingOf(table)),
    ),
    ...failureOf(table, ask),
    renderChecks(table, ask),
    ...table.checks.flatMap(sampleOf),
    renderFacts(table, ask),
  );
}

function standingOf({ published }: TableQuality): string {
  if (published === undefined) return 'never built';
  return `${formatQuantity(published.rows, 'row')} · run ${published.run} · ${formatMoment(published.at)}`;
}

function failureOf(table: TableQuality, ask: Ask): readonly HTMLElement[] {
  const failure = failureSince(table);
  if (failure === undefined) return [];
  const { run, reason = '', rejected } = failure;
  const told = element('p', { class: 'failure' }, element('strong', {}, `Run ${run} failed. `), reason);
  if (rejected > 0) {
    const show = () => ask({ kind: 'show rows', table: table.name, rows: 'rejected', run });
    told.append(
      ' ',
      linkButton(`See the ${formatQuantity(rejected, 'record')}`, 'Shows what does not fit', show),
    );
  }
  return [told];
}

/** The first rows that break a check, for who wants to know more. */
function sampleOf(check: CheckQuality): readonly HTMLElement[] {
  const { failing, failures } = check;
  if (failures === 0 || failing === undefined || failing.rows.length === 0) return [];
  const rows = element('div', { class: 'rows' });
  const root = rows.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [styleSheet(rowStyles)];
  root.append(renderFailingRows(check, failing));
  const title = element('summary', {}, 'Rows that break ', element('code', {}, check.check));
  return [element('details', { class: 'sample' }, title, rows)];
}

function renderFacts({ name, published, sources }: TableQuality, ask: Ask): HTMLElement {
  const facts: (Node | string)[] = sources.map(
    (source) => `From landing('${source.pattern}') under ${describeSource(source)}.`,
  );
  if (published?.equation !== undefined) facts.unshift(`Rows: ${describeEquation(published.equation)}.`);
  facts.push(
    linkButton('Go to its cell', `Opens the notebook at the cell that builds ${name}`, () =>
      ask({ kind: 'go to cell', table: name }),
    ),
  );
  return element('ul', { class: 'facts' }, ...facts.map((fact) => element('li', {}, fact)));
}
