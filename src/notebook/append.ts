import type { Cell, Notebook } from './notebook.js';
import { printNotebook } from './print.js';

/**
 * The text of a notebook's file with one more cell at its end. What was there stays byte for byte, even where
 * printing the whole notebook would write it differently. `text` is what `notebook` was read from.
 */
export function appendCell(text: string, { header }: Notebook, cell: Cell): string {
  const before = printNotebook({ header, cells: [] });
  const after = printNotebook({ header, cells: [cell] });
  // A file without anything in it gets its front matter too.
  if (text.trim() === '' || text.trim() === '\ufeff') return after;
  const lineEnd = text.endsWith('\n') || text.endsWith('\r') ? '' : header.lineEnding;
  return text + lineEnd + after.slice(before.length);
}
