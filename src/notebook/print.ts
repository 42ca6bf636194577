import { escapeLine, printMarker } from './marker.js';
import type { Cell, Notebook } from './notebook.js';

/**
 * Writes a notebook as the text of its file: the front matter as it was, then each cell after a blank line,
 * with one line break at the end. Parsing the text gives the same cells; printing those gives the same text.
 * Line breaks of all kinds become the file's; those at the end of a cell are left out.
 * Throws a RangeError for a metadata key that the format can't hold.
 */
export function printNotebook({ header, cells }: Notebook): string {
  const blocks = [header.raw, ...cells.map(printCell)];
  const text = `${blocks.join('\n\n')}\n`;
  const mark = header.byteOrderMark ? '\ufeff' : '';
  return mark + (header.lineEnding === '\n' ? text : text.replaceAll('\n', header.lineEnding));
}

function printCell(cell: Cell): string {
  const text = cell.text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  const marker = printMarker(cell);
  if (text === '') return marker;
  const lines = text.split('\n');
  const inFile = cell.kind === 'code' ? lines : lines.map((line) => (line === '' ? '--' : `-- ${line}`));
  return [marker, ...inFile.map(escapeLine)].join('\n');
}
