import type { Place } from '../protocol/problem.js';
import { lineAndColumn, type Span } from '../protocol/text.js';

/** Where a piece of a cell's text is, as lines and columns of the cell. */
export function placeInCell(
  text: string,
  span: Span,
): Required<Pick<Place, 'line' | 'column' | 'endLine' | 'endColumn'>> {
  const start = lineAndColumn(text, span.start);
  const end = lineAndColumn(text, span.end);
  return { ...start, endLine: end.line, endColumn: end.column };
}
