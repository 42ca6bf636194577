import type { MessageFromPreview, MessageToPreview, PreviewContent } from '../../protocol/preview.js';
import { element } from '../notebook/element.js';
import { styles as resultStyles } from '../notebook/styles.js';
import { renderTable } from '../notebook/table.js';
import { styleSheet } from '../styleSheet.js';
import { linkOrigins } from './originLinks.js';
import { styles } from './styles.js';

declare function acquireVsCodeApi(): { postMessage(message: MessageFromPreview): void };

const editor = acquireVsCodeApi();

function show(content: PreviewContent): void {
  const rows = element('div', { class: 'rows' });
  const root = rows.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [styleSheet(resultStyles)];
  root.append(renderTable(content.table));
  linkOrigins(root, content, (row) => editor.postMessage({ kind: 'open origin', row }));
  if (content.caption !== undefined) root.querySelector('caption')?.replaceChildren(content.caption);
  const main = element(
    'main',
    {},
    element('h1', {}, content.title),
    ...content.facts.map((fact) => element('p', {}, fact)),
    rows,
  );
  if (content.details !== undefined) main.append(renderDetails(content.details));
  if (content.actions.length > 0) main.append(renderActions(content));
  document.body.replaceChildren(main);
  document.querySelector('button')?.focus();
}

function renderDetails({ label, text }: NonNullable<PreviewContent['details']>): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, label),
    element('pre', { tabindex: '0' }, element('code', {}, text)),
  );
}

function renderActions({ actions }: PreviewContent): HTMLElement {
  const buttons = actions.map(({ id, label }, index) => {
    const button = element('button', { type: 'button', class: index === 0 ? 'primary' : 'secondary' }, label);
    button.addEventListener('click', () => editor.postMessage({ kind: 'act', action: id }));
    return button;
  });
  return element('div', { class: 'actions' }, ...buttons);
}

document.adoptedStyleSheets = [styleSheet(styles)];
window.addEventListener('message', ({ data }: MessageEvent<MessageToPreview>) => {
  if (data.kind === 'show') show(data.content);
});
editor.postMessage({ kind: 'ready' });
