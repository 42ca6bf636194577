import type { Span } from '../protocol/text.js';

export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

export interface Rewritten {
  readonly text: string;
  /**
   * Maps an offset of the new text to the old one, for places in errors. An offset inside a replacement
   * gives the start of what was replaced.
   */
  readonly toOriginal: (offset: number) => number;
}

/** Puts texts in the place of spans. Throws a RangeError for spans that overlap or lie outside the text. */
export function rewrite(text: string, replacements: readonly Replacement[]): Rewritten {
  const ordered = [...replacements].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  const edits: { readonly newStart: number; readonly newEnd: number; readonly span: Span }[] = [];
  let at = 0;
  let length = 0;
  for (const { span, text: replacement } of ordered) {
    if (span.start < at || span.end < span.start || span.end > text.length) {
      throw new RangeError(
        `Can't replace ${span.start} to ${span.end}: it overlaps or lies outside the text.`,
      );
    }
    const newStart = length + span.start - at;
    parts.push(text.slice(at, span.start), replacement);
    length = newStart + replacement.length;
    edits.push({ newStart, newEnd: length, span });
    at = span.end;
  }
  parts.push(text.slice(at));
  const toOriginal = (offset: number): number => {
    const edit = edits.findLast(({ newStart }) => newStart <= offset);
    if (edit === undefined) return offset;
    return offset < edit.newEnd ? edit.span.start : offset - edit.newEnd + edit.span.end;
  };
  return { text: parts.join(''), toOriginal };
}
