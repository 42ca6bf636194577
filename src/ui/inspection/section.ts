import { element } from '../notebook/element.js';

/** A part of the page under its title. */
export function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { 'aria-label': title }, element('h2', {}, title), ...content);
}
