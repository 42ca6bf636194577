import { isResultPayload } from '../../protocol/result.js';
import { renderBlock } from './blocks.js';
import { element } from './element.js';
import { styles } from './styles.js';

/** The member of VS Code's output item that this renderer needs. */
interface OutputItem {
  json(): unknown;
}

/**
 * The entry that VS Code calls.
 *
 * Invariant: an output is complete when `renderOutputItem` returns; its height is measured then.
 */
export function activate(): { renderOutputItem(item: OutputItem, host: HTMLElement): void } {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  return {
    renderOutputItem: (item, host) => {
      const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.replaceChildren(renderPayload(item.json()));
    },
  };
}

function renderPayload(payload: unknown): HTMLElement {
  if (!isResultPayload(payload)) {
    return element('p', {}, 'This output was made by a later version of Ratatouille. Run the cell again.');
  }
  return element('div', { class: 'blocks' }, ...payload.blocks.map(renderBlock));
}
