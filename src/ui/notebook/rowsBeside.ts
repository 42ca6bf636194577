import { ProblemError } from '../../protocol/problem.js';
import type { RowsBeside } from '../../protocol/rendererMessages.js';
import type { ModelBlock } from '../../protocol/result.js';
import { describeDropped, describeRejected } from '../../protocol/wording.js';
import type { OutputActions } from './actions.js';
import { element } from './element.js';
import { type FoldedRows, foldRows } from './foldedRows.js';
import { renderProblem } from './problem.js';
import { renderTable } from './table.js';

const titles: Readonly<Record<RowsBeside, string>> = {
  dropped: 'Shows the rows that the checks took out',
  rejected: 'Shows what does not fit in the files, with its line',
};

const leads: Readonly<Record<RowsBeside, (model: string) => string>> = {
  dropped: (model) => `The checks took these rows out of ${model}. They are kept apart: nothing is lost.`,
  rejected: (model) =>
    `These records do not fit the contract of their files and are not in ${model}: a row for each thing that is wrong.`,
};

/** Offers the rows that are kept beside a model's table; they are fetched when they are first unfolded. */
export function renderRowsBeside(
  model: ModelBlock,
  kind: RowsBeside,
  actions: OutputActions | undefined,
): FoldedRows | undefined {
  const words =
    kind === 'dropped'
      ? model.dropped > 0 && describeDropped(model)
      : model.rejected !== undefined && describeRejected(model.rejected);
  if (words === false) return undefined;
  return foldRows(
    words,
    titles[kind],
    actions &&
      ((rows) => fill(rows, leads[kind](model.model), () => actions.rowsBeside(model.model, kind), actions)),
  );
}

async function fill(
  rows: HTMLElement,
  lead: string,
  fetch: () => ReturnType<OutputActions['rowsBeside']>,
  actions: OutputActions,
): Promise<boolean> {
  rows.replaceChildren(element('p', { role: 'status' }, 'Fetching the rows…'));
  try {
    const table = await fetch();
    rows.replaceChildren(element('p', { class: 'meaning' }, lead), renderTable(table));
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    rows.replaceChildren(renderProblem(error.problem, actions));
    return false;
  }
}
