import { isResultPayload } from '../../protocol/result.js';
import type { OutputContext } from './actions.js';
import { renderBlocks } from './blocks.js';
import { editorActions, type Messaging } from './editorActions.js';
import { element } from './element.js';
import { styles } from './styles.js';

/** The members of VS Code's output item that this renderer needs. */
interface OutputItem {
  readonly id: string;
  json(): unknown;
}

interface Renderer {
  renderOutputItem(item: OutputItem, host: HTMLElement): void;
  /** Without an id all outputs go. */
  disposeOutputItem(id?: string): void;
}

/**
 * The entry that VS Code calls.
 *
 * Invariant: an output has its height when `renderOutputItem` returns; it is measured then.
 */
export function activate(messaging: Messaging = {}): Renderer {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  const actionsOf = editorActions(messaging);
  const shown = new Map<string, AbortController>();
  const dispose = (id: string): void => {
    shown.get(id)?.abort();
    shown.delete(id);
  };
  return {
    renderOutputItem: (item, host) => {
      dispose(item.id);
      const life = new AbortController();
      shown.set(item.id, life);
      const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.replaceChildren(renderPayload(item.json(), actionsOf, life.signal));
    },
    disposeOutputItem: (id) => {
      for (const each of id === undefined ? [...shown.keys()] : [id]) dispose(each);
    },
  };
}

function renderPayload(
  payload: unknown,
  actionsOf: (cell: string | undefined) => OutputContext['actions'],
  signal: AbortSignal,
): HTMLElement {
  if (!isResultPayload(payload)) {
    return element('p', {}, 'This output was made by a later version of Ratatouille. Run the cell again.');
  }
  return renderBlocks(payload.blocks, { actions: actionsOf(payload.cell), signal });
}
