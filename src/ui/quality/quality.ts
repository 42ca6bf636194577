import type { QualityReport } from '../../protocol/quality.js';
import type { MessageFromQuality, MessageToQuality } from '../../protocol/qualityPage.js';
import { qualityState } from '../../protocol/qualityState.js';
import { formatQuantity } from '../../protocol/wording.js';
import { element } from '../notebook/element.js';
import { styles as pageStyles } from '../preview/styles.js';
import { styleSheet } from '../styleSheet.js';
import { styles } from './styles.js';
import { renderTableSection } from './tableSection.js';

declare function acquireVsCodeApi(): { postMessage(message: MessageFromQuality): void };

const editor = acquireVsCodeApi();
const ask = (message: MessageFromQuality): void => editor.postMessage(message);

/** What a person opened or closed stays so when a newer report comes. */
const chosen = new Map<string, boolean>();

function show({ tables, project, environment }: QualityReport): void {
  const main = element('main', {}, element('h1', {}, 'Data quality'));
  if (tables.length === 0) main.append(...emptyState());
  else {
    main.append(element('p', {}, `${project}, environment ${environment}. ${summaryOf(tables)}`));
    for (const table of tables) {
      const isOpen = chosen.get(table.name) ?? qualityState(table) !== 'good';
      const section = renderTableSection(table, ask, isOpen);
      section.querySelector('summary')?.addEventListener('click', () => {
        chosen.set(table.name, !section.hasAttribute('open'));
      });
      main.append(section);
    }
  }
  const scrolled = document.documentElement.scrollTop;
  document.body.replaceChildren(main);
  document.documentElement.scrollTop = scrolled;
}

function summaryOf(tables: QualityReport['tables']): string {
  const count = (wanted: string) => tables.filter((table) => qualityState(table) === wanted).length;
  const [failed, look] = [count('failed'), count('look')];
  const told = [
    ...(failed > 0 ? [`${formatQuantity(failed, 'table')} failed`] : []),
    ...(look > 0 ? [`${formatQuantity(look, 'table')} to look at`] : []),
  ];
  const good = tables.length - failed - look;
  return `${[...told, `${good} of ${formatQuantity(tables.length, 'table')} without a finding`].join(', ')}.`;
}

function emptyState(): readonly HTMLElement[] {
  const run = element('button', { type: 'button', class: 'primary' }, 'Run Pipeline');
  run.addEventListener('click', () => ask({ kind: 'run pipeline' }));
  const text =
    'Nothing has been built yet. Every run says here what its checks found, which rows were set apart, and where all rows went.';
  return [element('p', {}, text), element('div', {}, run)];
}

document.adoptedStyleSheets = [styleSheet(pageStyles), styleSheet(styles)];
window.addEventListener('message', ({ data }: MessageEvent<MessageToQuality>) => {
  if (data.kind === 'show') show(data.report);
});
ask({ kind: 'ready' });
