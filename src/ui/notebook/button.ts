import { breakable } from './breakable.js';
import { element } from './element.js';

/** A button that looks like one. `title` says what it will do. */
export function button(label: string, title: string, act: () => void): HTMLButtonElement {
  return clickable('action', label, title, act);
}

/** A button that looks like a link. */
export function linkButton(label: string, title: string, act: () => void): HTMLButtonElement {
  return clickable('link', label, title, act);
}

function clickable(look: string, label: string, title: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look, title }, ...breakable(label));
  made.addEventListener('click', act);
  return made;
}
