import type { Span } from '../protocol/text.js';
import { rewrite } from '../sql/rewrite.js';
import type { Token } from '../sql/tokenise.js';

/** One `-- @key: value` with the lines that continue it, before its key is looked at. */
export interface WrittenDeclaration {
  /** Without the `@`. */
  readonly key: string;
  /** The key with its `@`, in the cell's text. */
  readonly keySpan: Span;
  /** A colon follows the key. */
  readonly hasColon: boolean;
  /** Without the comment prefixes; lines joined by `\n`, blanks at both ends left out. */
  readonly value: string;
  /** From the value's first character to the end of its last line, in the cell's text. */
  readonly valueSpan: Span;
  /** Maps an offset into `value` to the cell's text. */
  readonly toCell: (offset: number) => number;
}

const opening = /^--[ \t]*(@([A-Za-z_][\w-]*))[ \t]*(:?)[ \t]*/;
const continuation = /^--(?: {2,}| *\t[ \t]*)(?=\S)/;
/** From the end of a line to what continues it on the next one. */
const lineStart = /^(?:\r\n|\n|\r)[ \t]*--[ \t]*/;

/** Tells whether a comment begins a declaration, and of which key. */
export function declaredKey(comment: string): string | undefined {
  return opening.exec(comment)?.[2];
}

/**
 * Reads the declarations among the comments above a statement. A comment on the next line that is indented by
 * two blanks or more, or a tab, continues the value. Every other comment is a remark and ends it.
 */
export function readDeclarationLines(
  text: string,
  comments: readonly Token[],
): readonly WrittenDeclaration[] {
  return comments.flatMap((comment, index) => {
    const match = opening.exec(text.slice(comment.start, comment.end));
    if (match === null || comment.kind !== 'line comment') return [];
    const [head, at, key = '', colon] = match;
    const start = comment.start + head.length;
    const keyStart = comment.start + head.indexOf('@');
    const { source, gaps } = readContinuations(text, comments.slice(index), start);
    const { text: value, toOriginal } = rewrite(source, gaps);
    return [
      {
        key,
        keySpan: { start: keyStart, end: keyStart + (at ?? '').length },
        hasColon: colon === ':',
        value: value.trimEnd(),
        valueSpan: { start, end: start + source.trimEnd().length },
        toCell: (offset: number) => start + toOriginal(offset),
      },
    ];
  });
}

/**
 * Maps an offset into a piece of a value, which begins at `start` of the cell's text, to the cell's text: there
 * each further line of it stands behind the beginning of a comment.
 */
export function offsetInCell(text: string, start: number, piece: string, offset: number): number {
  const lines = piece.slice(0, offset).split('\n');
  return lines.reduce((at, line, index) => {
    const gap = index === 0 ? '' : (lineStart.exec(text.slice(at))?.[0] ?? '');
    return at + gap.length + line.length;
  }, start);
}

/** The cell's text from a value's start to its end, and what of it becomes a line break. */
function readContinuations(text: string, comments: readonly Token[], start: number) {
  const gaps: { span: Span; text: string }[] = [];
  let end = comments[0]?.end ?? start;
  for (const comment of comments.slice(1)) {
    const written = text.slice(comment.start, comment.end);
    const isNextLine = /^(?:\r\n|\n|\r)[ \t]*$/.test(text.slice(end, comment.start));
    const prefix = continuation.exec(written)?.[0];
    if (!isNextLine || prefix === undefined || declaredKey(written) !== undefined) break;
    gaps.push({ span: { start: end - start, end: comment.start + prefix.length - start }, text: '\n' });
    end = comment.end;
  }
  return { source: text.slice(start, end), gaps };
}
