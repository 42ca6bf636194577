import type { ModelBlock } from '../../protocol/result.js';
import {
  describeBuild,
  describeFlow,
  describeState,
  formatElapsed,
  meaningOfLayer,
} from '../../protocol/wording.js';
import type { OutputActions, OutputContext } from './actions.js';
import { breakable } from './breakable.js';
import { button, linkButton } from './button.js';
import { element } from './element.js';
import { renderProblem, renderProblems } from './problem.js';
import { renderRowsBeside } from './rowsBeside.js';
import { renderWarnedRows } from './warnedRows.js';

/** What became of a model: its state, its rows in and out, its file, and what keeps it from being current. */
export function renderModel(model: ModelBlock, { actions }: OutputContext): HTMLElement {
  const folded = [
    renderRowsBeside(model, 'rejected', actions),
    renderRowsBeside(model, 'dropped', actions),
    renderWarnedRows(model),
  ].filter((rows) => rows !== undefined);
  const state = describeState(model);
  return element(
    'section',
    { class: 'model', 'aria-label': `${model.model} ${state}` },
    renderHeading(model, state, actions),
    element('p', { class: 'meaning' }, meaningOfLayer(model.model)),
    renderFacts(
      model,
      folded.map(({ fact }) => fact),
      actions,
    ),
    ...folded.map(({ rows }) => rows),
    ...renderWarnings(model, actions),
  );
}

function renderHeading(model: ModelBlock, state: string, actions: OutputActions | undefined): HTMLElement {
  const heading = element(
    'p',
    { class: 'heading' },
    element('strong', {}, ...breakable(model.model)),
    element('span', { class: `badge ${model.action === 'built' ? 'built' : 'current'}` }, state),
  );
  if (actions !== undefined && model.action === 'up to date') {
    const title = 'Builds this table again, although nothing that it is made from has changed';
    heading.append(button('Rebuild', title, () => actions.runAgain('rebuild')));
  }
  return heading;
}

function renderFacts(
  model: ModelBlock,
  folded: readonly Node[],
  actions: OutputActions | undefined,
): HTMLElement {
  const facts: (Node | string)[] = [describeFlow(model), ...folded, ...describeBuild(model)];
  const { path } = model;
  if (path !== undefined) {
    facts.push(
      actions === undefined
        ? path
        : linkButton(path, 'Shows the file in the Explorer', () => actions.revealFile(path)),
    );
  }
  facts.push(formatElapsed(model.elapsedMs));
  return element('ul', { class: 'facts' }, ...facts.map((fact) => element('li', {}, fact)));
}

/** All that is stale above the model has one remedy. */
function renderWarnings(
  { warnings }: ModelBlock,
  actions: OutputActions | undefined,
): readonly HTMLElement[] {
  const stale = warnings.filter(({ code }) => code === 'run.stale-upstream');
  const others = warnings.filter(({ code }) => code !== 'run.stale-upstream');
  return [
    ...(stale.length === 0 ? [] : [renderProblems(stale, actions)]),
    ...others.map((warning) => renderProblem(warning, actions)),
  ];
}
