import type { Decision, Finding, FindingEffect } from '../../protocol/inspection.js';
import { element } from '../notebook/element.js';
import type { LineLink } from './lineLink.js';

const effects: Readonly<Record<FindingEffect, string>> = {
  stops: 'stops a run',
  rejects: 'is rejected',
  look: 'to look at',
};

/** Each with what it does to a run, what to try, and its line. */
export function renderFindings(findings: readonly Finding[], link: LineLink): HTMLElement {
  const items = findings.map(({ effect, message, hint, line }) => {
    const told = element(
      'p',
      {},
      element('span', { class: `badge ${effect}` }, effects[effect]),
      ` ${message}`,
    );
    if (line !== undefined) told.append(' ', link(line, `Line ${line}`));
    const item = element('li', { class: effect }, told);
    if (hint !== undefined) item.append(element('p', { class: 'note' }, hint));
    return item;
  });
  return element('ul', { class: 'findings' }, ...items);
}

/** What the file does not tell, with the answers that there are. */
export function renderDecisions(decisions: readonly Decision[]): HTMLElement {
  const items = decisions.map(({ column, question, choices }) => {
    const asked = element(
      'p',
      {},
      ...(column === undefined ? [] : [element('code', {}, column), ': ']),
      question,
    );
    const offered = choices.map((choice) => element('li', {}, choice));
    return element('li', { class: 'look' }, asked, element('ul', { class: 'note' }, ...offered));
  });
  return element('ul', { class: 'findings' }, ...items);
}
