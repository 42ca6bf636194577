import { type Problem, problem } from '../protocol/problem.js';
import { lineAndColumn } from '../protocol/text.js';
import { parseFrontMatter } from './frontMatter.js';
import { isMarker, type Marker, parseMarker, unescapeLine } from './marker.js';
import { type Cell, emptyNotebook, type Notebook } from './notebook.js';

export interface ParsedNotebook {
  /** Absent when the file can't be read without losing something; `problems` then says why. */
  readonly notebook?: Notebook;
  /** Their places are lines and columns of the file. */
  readonly problems: readonly Problem[];
}

const byteOrderMark = '\ufeff';

/**
 * Reads the text of a `.ratnb` file. A file with nothing in it, or only blanks, is a new notebook without
 * cells. Anything that printing the cells again would lose makes the file unreadable: a problem
 * `notebook.unreadable` with its line, and no notebook.
 */
export function parseNotebook(text: string): ParsedNotebook {
  const hasMark = text.startsWith(byteOrderMark);
  const content = hasMark ? text.slice(1) : text;
  const binary = content.indexOf('\0');
  if (binary !== -1) {
    const place = lineAndColumn(content, binary);
    return refuse(
      'The file holds a NUL byte, so it is no text.',
      place,
      'Restore the file, or save it as UTF-8.',
    );
  }
  const lineEnding = /\r\n|\n/.exec(content)?.[0] === '\r\n' ? '\r\n' : '\n';
  const byFile = { lineEnding, byteOrderMark: hasMark } as const;
  const fresh = emptyNotebook();
  if (content.trim() === '')
    return { notebook: { ...fresh, header: { ...fresh.header, ...byFile } }, problems: [] };

  const lines = content.split(/\r\n|\n|\r/);
  const outcome = parseFrontMatter(lines);
  if (!outcome.ok) return { problems: [outcome.problem] };
  const { frontMatter } = outcome;
  const cells = parseCells(lines, frontMatter.lines);
  if ('code' in cells) return { problems: [cells] };
  const raw = lines.slice(0, frontMatter.lines).join('\n');
  const header = { raw, format: 1, pipeline: frontMatter.pipeline, ...byFile } as const;
  return { notebook: { header, cells }, problems: frontMatter.problems };
}

function refuse(message: string, place: { line: number; column: number }, hint: string): ParsedNotebook {
  return { problems: [problem('notebook.unreadable', message, { hint, place })] };
}

/** Reads the cells from a line on, counted from 0; a problem when one of them can't be read. */
function parseCells(lines: readonly string[], from: number): readonly Cell[] | Problem {
  const starts = [...lines.keys()].filter((at) => at >= from && isMarker(lines[at] ?? ''));
  const lost = lines.findIndex(
    (line, at) => at >= from && at < (starts[0] ?? lines.length) && line.trim() !== '',
  );
  if (lost !== -1) {
    return unreadable('Text stands before the first cell.', lost, 'Write a line `-- %%` above it.');
  }
  const cells: Cell[] = [];
  for (const [index, start] of starts.entries()) {
    const outcome = parseMarker(lines[start] ?? '');
    if (!outcome.ok) return unreadable(outcome.message, start, outcome.hint);
    const cell = parseCell(outcome.marker, lines.slice(start + 1, starts[index + 1]));
    if (typeof cell === 'number') {
      return unreadable(
        'A line of a markdown cell does not begin with `-- `.',
        start + 1 + cell,
        'Write `-- ` before it, or a line `-- %%` above it if a SQL cell begins here.',
      );
    }
    cells.push(cell);
  }
  return cells;
}

/** One cell, or the index of the line that can't be one of its lines. */
function parseCell(marker: Marker, lines: readonly string[]): Cell | number {
  const used = lines.slice(0, lines.findLastIndex((line) => line !== '') + 1).map(unescapeLine);
  if (marker.kind === 'code') return { ...marker, text: used.join('\n') };
  const foreign = used.findIndex((line) => line.trim() !== '' && !line.startsWith('--'));
  if (foreign !== -1) return foreign;
  const text = used.map((line) => line.replace(/^-- ?/, '')).join('\n');
  return { ...marker, text: text.replace(/\n+$/, '') };
}

function unreadable(message: string, index: number, hint: string): Problem {
  return problem('notebook.unreadable', message, { hint, place: { line: index + 1, column: 1 } });
}
