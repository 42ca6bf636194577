import type { FileInspection } from '../../protocol/inspection.js';
import type {
  InspectionView,
  MessageFromInspection,
  MessageToInspection,
} from '../../protocol/inspectionPage.js';
import { describeFile, describeVerdict } from '../../protocol/inspectionWording.js';
import { element } from '../notebook/element.js';
import { renderProblem } from '../notebook/problem.js';
import { styles as resultStyles } from '../notebook/styles.js';
import { styles as pageStyles } from '../preview/styles.js';
import { styleSheet } from '../styleSheet.js';
import { renderColumns } from './columns.js';
import { renderContract } from './contract.js';
import { renderDecisions, renderFindings } from './findings.js';
import { lineLink } from './lineLink.js';
import { renderProgress } from './progress.js';
import { section } from './section.js';
import { styles } from './styles.js';
import { renderSuspects } from './suspects.js';

declare function acquireVsCodeApi(): { postMessage(message: MessageFromInspection): void };

const editor = acquireVsCodeApi();
const ask = (message: MessageFromInspection): void => editor.postMessage(message);

let shown: FileInspection | undefined;

/** Draws everything that is known of the file again; what a person unfolded or scrolled to stays. */
function show(view: InspectionView): void {
  const { name, inspection, progress, problem } = view;
  shown = inspection;
  const main = element('main', { 'aria-busy': String(progress !== undefined) }, heading(view));
  if (progress !== undefined) main.append(renderProgress(progress, inspection));
  if (problem !== undefined) main.append(shadowed(renderProblem(problem, undefined)));
  if (inspection !== undefined) main.append(...partsOf(inspection, view.hasLines));
  const scrolled = document.documentElement.scrollTop;
  const unfolded = document.querySelector('details')?.open === true;
  const focused = document.activeElement?.getAttribute('data-focus');
  document.body.replaceChildren(main);
  document.title = name;
  const details = document.querySelector('details');
  if (details !== null && unfolded) details.open = true;
  if (focused) document.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
  document.documentElement.scrollTop = scrolled;
}

function heading({ name, inspection, progress }: InspectionView): HTMLElement {
  const made = element('header', {}, element('h1', {}, name));
  if (inspection?.complete === true && progress === undefined) {
    const look = inspection.readsWell ? 'well' : 'ill';
    made.append(element('p', { class: `verdict ${look}`, role: 'status' }, describeVerdict(inspection)));
  }
  if (progress === undefined) {
    const again = element(
      'button',
      { type: 'button', class: 'secondary', 'data-focus': 'again' },
      'Look Again',
    );
    again.addEventListener('click', () => ask({ kind: 'inspect again' }));
    made.append(again);
  }
  return made;
}

function partsOf(inspection: FileInspection, hasLines: boolean): readonly HTMLElement[] {
  const { columns, suspects, findings, decisions } = inspection;
  const link = lineLink(hasLines ? (line) => ask({ kind: 'open line', line }) : undefined);
  return [
    ...(findings.length === 0 ? [] : [section('What was found', renderFindings(findings, link))]),
    ...(decisions.length === 0 ? [] : [section('To be decided', renderDecisions(decisions))]),
    ...(suspects.count === 0 ? [] : [section('Suspect lines', ...renderSuspects(suspects, link))]),
    section('The file', renderFacts(inspection)),
    ...(columns.length === 0 ? [] : [section('Columns', renderColumns(columns, link))]),
    section('Contract', ...renderContract(inspection, link, () => ask({ kind: 'open contract' }))),
  ];
}

function renderFacts(inspection: FileInspection): HTMLElement {
  const facts = describeFile(inspection).flatMap(([label, text]) => [
    element('dt', {}, label),
    element('dd', {}, text),
  ]);
  return element('dl', {}, ...facts);
}

/** Parts of results have the look that they have in a notebook. */
function shadowed(part: HTMLElement): HTMLElement {
  const host = element('div', { class: 'rows' });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [styleSheet(resultStyles)];
  root.append(part);
  return host;
}

document.adoptedStyleSheets = [styleSheet(pageStyles), styleSheet(styles)];
window.addEventListener('message', ({ data }: MessageEvent<MessageToInspection>) => {
  if (data.kind === 'show') show(data.view);
  else if (data.kind === 'progress')
    document.querySelector('.reading')?.replaceWith(renderProgress(data.progress, shown));
});
ask({ kind: 'ready' });
