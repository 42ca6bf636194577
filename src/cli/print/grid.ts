import type { Style } from '../style.js';
import { cut, displayWidth, pad } from './width.js';

export interface GridColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

export interface Grid {
  readonly text: string;
  /** Lays out another row below; what is wider than its column moves what is right of it. */
  readonly line: (cells: readonly string[]) => string;
  /** How many columns, from the left, are shown; the others found no room. */
  readonly shownColumns: number;
}

const gap = '  ';
/** A column narrower than this tells nothing any more. */
const narrowest = 8;

/**
 * Lays cells out in aligned columns under their titles. On a terminal the widest columns are cut until
 * a line fits; those at the right end that still find no room are left out.
 */
export function layOutGrid(
  columns: readonly GridColumn[],
  rows: readonly (readonly string[])[],
  style: Style,
): Grid {
  const natural = columns.map((column, at) =>
    rows.reduce((width, row) => Math.max(width, displayWidth(row[at] ?? '')), displayWidth(column.title)),
  );
  const widths = fitWidths(natural, style.width);
  const shown = columns.slice(0, widths.length);
  const cutToFit = (cell: string, width: number) =>
    style.width === undefined ? cell : cut(cell, width, style.symbols.ellipsis);
  const line = (cells: readonly string[]) =>
    shown
      .map((column, at) => {
        const width = widths[at] ?? 0;
        return pad(cutToFit(cells[at] ?? '', width), width, column.align);
      })
      .join(gap)
      .trimEnd();
  const titles = style.colours.bold(line(shown.map((column) => column.title)));
  // Its symbol is no ASCII, so that measuring it would load what widths of all scripts take.
  const rule = style.colours.dim(widths.map((width) => style.symbols.rule.repeat(width)).join(gap));
  return { text: [titles, rule, ...rows.map(line)].join('\n'), line, shownColumns: shown.length };
}

/** The widths of as many columns as fit into `room`: all get what they need, up to one common limit. */
export function fitWidths(natural: readonly number[], room: number | undefined): readonly number[] {
  if (room === undefined) return natural;
  const shown = natural.slice(0, Math.max(1, countFitting(natural, room)));
  const available = room - gap.length * (shown.length - 1);
  let limit = Math.max(1, ...shown);
  while (limit > 1 && sum(shown, limit) > available) limit -= 1;
  return shown.map((width) => Math.min(width, limit));
}

function countFitting(natural: readonly number[], room: number): number {
  let used = -gap.length;
  const tooMany = natural.findIndex((width) => {
    used += gap.length + Math.min(width, narrowest);
    return used > room;
  });
  return tooMany === -1 ? natural.length : tooMany;
}

function sum(widths: readonly number[], limit: number): number {
  return widths.reduce((total, width) => total + Math.min(width, limit), 0);
}
