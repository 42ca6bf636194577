import { ProblemError } from '../../protocol/problem.js';
import type { ModelBlock } from '../../protocol/result.js';
import { describeDropped } from '../../protocol/wording.js';
import type { OutputActions } from './actions.js';
import { linkButton } from './button.js';
import { element } from './element.js';
import { renderProblem } from './problem.js';
import { renderTable } from './table.js';

/** How many rows were dropped, and the place where they are unfolded when a person asks. */
export interface DroppedRows {
  readonly fact: Node;
  readonly rows: HTMLElement;
}

/** Offers the rows that a model's checks took out; they are fetched when they are first unfolded. */
export function renderDroppedRows(model: ModelBlock, actions: OutputActions | undefined): DroppedRows {
  const words = describeDropped(model);
  const rows = element('div', { class: 'dropped', hidden: '' });
  if (actions === undefined) return { fact: document.createTextNode(words), rows };
  let isAsked = false;
  const toggle = linkButton(words, 'Shows the rows that the checks took out', async () => {
    rows.hidden = !rows.hidden;
    toggle.setAttribute('aria-expanded', String(!rows.hidden));
    if (isAsked || rows.hidden) return;
    isAsked = true;
    isAsked = await fill(rows, model.model, actions);
  });
  toggle.setAttribute('aria-expanded', 'false');
  return { fact: toggle, rows };
}

/** Resolves to false when the rows could not be had: unfolding once more asks again. */
async function fill(rows: HTMLElement, model: string, actions: OutputActions): Promise<boolean> {
  rows.replaceChildren(element('p', { role: 'status' }, 'Fetching the rows…'));
  try {
    const table = await actions.droppedRows(model);
    const lead = `The checks took these rows out of ${model}. They are kept apart: nothing is lost.`;
    rows.replaceChildren(element('p', { class: 'meaning' }, lead), renderTable(table));
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    rows.replaceChildren(renderProblem(error.problem, actions));
    return false;
  }
}
