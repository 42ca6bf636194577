import { formatCount } from '../../protocol/wording.js';
import { linkButton } from '../notebook/button.js';
import { element } from '../notebook/element.js';

/** Draws the number of a line; `label` stands in its place. */
export type LineLink = (line: number, label?: string) => HTMLElement;

/** Lines of the file lead to their place in it; of a compressed one they are told. */
export function lineLink(open: ((line: number) => void) | undefined): LineLink {
  return (line, label = formatCount(line)) => {
    if (open === undefined) return element('span', {}, label);
    const made = linkButton(label, `Opens the file at line ${formatCount(line)}`, () => open(line));
    made.setAttribute('data-focus', `line ${line} ${label}`);
    return made;
  };
}
