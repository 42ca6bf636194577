import { formatPlace, type Place, type Problem } from '../../protocol/problem.js';
import type { Style } from '../style.js';
import { visibleText } from './visibleText.js';
import { cut, displayWidth } from './width.js';

/** A problem with the line it points at, where that could be read. */
export interface LocatedProblem {
  readonly problem: Problem;
  readonly sourceLine?: string;
}

const indent = '  ';
/** How much of a long line is kept before the column that matters. */
const lead = 40;

/** One problem over a few lines: what happened, where, the line with the token marked, what to try. */
export function formatProblem({ problem, sourceLine }: LocatedProblem, style: Style): string {
  const { colours } = style;
  const isError = problem.severity === 'error';
  const title = (isError ? colours.red : colours.yellow).bold(`${problem.severity} ${problem.code}`);
  const lines = [`${title}: ${inLines(problem.message, style)}`];
  const place = problem.place && formatPlace(problem.place);
  if (place) lines.push(`${indent}${colours.cyan(place)}`);
  if (problem.place && sourceLine !== undefined)
    lines.push(...formatSource(problem.place, sourceLine, style));
  if (problem.cause) lines.push(`${indent}${colours.dim('cause:')} ${inLines(problem.cause, style)}`);
  if (problem.hint) lines.push(`${indent}${colours.green('try:')} ${inLines(problem.hint, style)}`);
  return lines.join('\n');
}

/** Keeps line breaks, which a message of the engine may have, and nothing else that acts on a terminal. */
function inLines(text: string, { symbols }: Style): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => visibleText(line, symbols))
    .join(`\n${indent}`);
}

function formatSource(place: Place, sourceLine: string, style: Style): string[] {
  const { colours, symbols } = style;
  const column = place.column ?? 1;
  const from = column > lead + 20 ? column - 1 - lead : 0;
  const start = from > 0 ? symbols.ellipsis : '';
  const shown = visibleText(sourceLine.slice(from), symbols);
  const before = start + visibleText(sourceLine.slice(from, column - 1), symbols);
  const number = String(place.line ?? '');
  const gutter = (label: string) =>
    `${indent}${colours.dim(`${label.padStart(number.length)} ${symbols.gutter}`)} `;
  const room = (style.width ?? 120) - number.length - 6;
  const source = `${gutter(number)}${cut(start + shown, room, symbols.ellipsis)}`;
  if (place.column === undefined) return [source];
  const marked = visibleText(sourceLine.slice(column - 1, endOfMark(place, sourceLine)), symbols);
  const markWidth = Math.max(1, Math.min(displayWidth(marked), room - displayWidth(before)));
  const caret = ' '.repeat(displayWidth(before)) + colours.red('^'.repeat(markWidth));
  return [source, `${gutter('')}${caret}`];
}

/** The offset in the line at which the marked part ends: the place's end, or the end of the word there. */
function endOfMark(place: Place, sourceLine: string): number {
  const start = (place.column ?? 1) - 1;
  if (place.endLine !== undefined && place.endLine !== place.line) return sourceLine.length;
  if (place.endColumn !== undefined) return place.endColumn - 1;
  const word = /^[\p{L}\p{N}_.]+/u.exec(sourceLine.slice(start));
  return start + (word?.[0].length ?? 1);
}
