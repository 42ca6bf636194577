import type { Symbols } from '../style.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text as one line that can do nothing to a terminal: data may hold escape sequences that would move
 * the cursor, recolour the screen or turn the reading direction.
 */
export function visibleText(text: string, symbols: Symbols): string {
  return text
    .replaceAll(/\r\n|\r|\n/g, symbols.lineBreak)
    .replaceAll('\t', ' ')
    .replaceAll(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
