import { linkButton } from './button.js';
import { element } from './element.js';

/** How many rows there are of a kind, and the place where they are unfolded when a person asks. */
export interface FoldedRows {
  readonly fact: Node;
  readonly rows: HTMLElement;
}

/**
 * Offers rows, folded.
 * @param words how many they are
 * @param fill draws them when they are first unfolded; resolves to false when they could not be had: unfolding once
 * more asks again. Undefined where they can't be asked for
 */
export function foldRows(
  words: string,
  title: string,
  fill: ((rows: HTMLElement) => Promise<boolean>) | undefined,
): FoldedRows {
  const rows = element('div', { class: 'folded', hidden: '' });
  if (fill === undefined) return { fact: document.createTextNode(words), rows };
  let isAsked = false;
  const toggle = linkButton(words, title, async () => {
    rows.hidden = !rows.hidden;
    toggle.setAttribute('aria-expanded', String(!rows.hidden));
    if (isAsked || rows.hidden) return;
    isAsked = true;
    isAsked = await fill(rows);
  });
  toggle.setAttribute('aria-expanded', 'false');
  return { fact: toggle, rows };
}
