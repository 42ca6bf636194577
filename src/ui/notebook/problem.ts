import { formatPlace, type Problem } from '../../protocol/problem.js';
import type { OutputActions } from './actions.js';
import { button } from './button.js';
import { element } from './element.js';
import { joinFacts } from './joinFacts.js';
import { helpFor } from './problemActions.js';

/** A problem: what happened, what to try, where, and a button where the remedy is known. */
export function renderProblem(problem: Problem, actions: OutputActions | undefined): HTMLElement {
  return renderProblems([problem], actions);
}

/** Problems of one kind, which have one remedy, as one block. The list is not empty. */
export function renderProblems(
  problems: readonly Problem[],
  actions: OutputActions | undefined,
): HTMLElement {
  const [first] = problems;
  const severity = first?.severity ?? 'error';
  const parts: HTMLElement[] = problems.flatMap(({ message, cause }) => [
    element('p', { class: 'message' }, message),
    ...(cause === undefined ? [] : [element('pre', { class: 'cause' }, cause)]),
  ]);
  if (first?.hint !== undefined) parts.push(element('p', { class: 'hint' }, first.hint));
  const help = first && actions && helpButton(first, actions);
  if (help !== undefined) parts.push(help);
  const place = first?.place === undefined ? '' : formatPlace(first.place);
  const origin = joinFacts(first?.code ?? '', place);
  return element(
    'section',
    { class: `problem ${severity}`, 'aria-label': severity },
    ...parts,
    element('p', { class: 'origin' }, origin),
  );
}

function helpButton(problem: Problem, actions: OutputActions): HTMLElement | undefined {
  switch (helpFor(problem)) {
    case 'with upstream':
      return button('Run with upstream', 'Brings what this cell reads up to date, then runs the cell', () =>
        actions.runAgain('with upstream'),
      );
    case 'accept drift':
      return button('Choose…', 'Asks what the contract says of each difference from now on', () => {
        if (problem.fix?.kind === 'accept drift') actions.acceptDrift(problem.fix.pattern);
      });
    case 'trust':
      return button('Trust this folder', 'Opens the page where you say that you trust this folder', () =>
        actions.manageTrust(),
      );
    default:
      return undefined;
  }
}
