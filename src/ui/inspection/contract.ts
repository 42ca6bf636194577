import type { FileInspection } from '../../protocol/inspection.js';
import { element } from '../notebook/element.js';
import { renderFindings } from './findings.js';
import type { LineLink } from './lineLink.js';

/** What differs from the contract of the file, or the contract that it would get. */
export function renderContract(
  { contract, landingPath }: FileInspection,
  link: LineLink,
  open: () => void,
): readonly HTMLElement[] {
  const { path, differences, proposed } = contract;
  if (path !== undefined) {
    const told =
      differences.length === 0
        ? element('p', {}, 'Nothing differs from it.')
        : renderFindings(differences, link);
    const button = element(
      'button',
      { type: 'button', class: 'secondary', 'data-focus': 'contract' },
      'Open Contract',
    );
    button.addEventListener('click', open);
    return [element('p', {}, 'The file is under ', element('code', {}, path), '.'), told, button];
  }
  if (proposed === undefined) {
    const refused =
      'There is none yet, and landing() would make none: what stops a run has to be mended first.';
    return [element('p', {}, refused)];
  }
  const where =
    landingPath === undefined
      ? 'Once the file is in data/landing, the first run of a cell that reads it with landing() writes this one.'
      : 'There is none yet. The first run of a cell that reads the file with landing() writes this one; from then on the file is held against it.';
  return [element('p', {}, where), renderProposed(proposed)];
}

function renderProposed(text: string): HTMLElement {
  return element(
    'details',
    {},
    element('summary', { 'data-focus': 'proposed' }, 'The contract as JSON'),
    element('pre', { tabindex: '0' }, element('code', {}, text.trimEnd())),
  );
}
