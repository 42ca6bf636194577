/** A text as it goes to the engine, and where in it the caller's own text stands. */
export interface Submission {
  readonly sql: string;
  /** The text that the caller wrote; offsets of errors are given into it. */
  readonly text: string;
  /** UTF-16 units in `sql` before `text`. */
  readonly start: number;
}

/**
 * The engine places an error inside a view or a macro by its offset in the text that *defined* it, with
 * nothing to tell the two apart. A caller's text that begins behind this many blanks has greater offsets
 * than any definition of usual length, so that those are known to be foreign.
 */
const foreignOffsets = ' '.repeat(8192);

/** Submits a caller's text as it is. For definitions: their offsets then stay small, see above. */
export function verbatim(text: string): Submission {
  return { sql: text, text, start: 0 };
}

/** Submits a caller's text between generated texts; line breaks keep its comments from swallowing them. */
export function embedded(before: string, text: string, after: string): Submission {
  const opening = before === '' ? foreignOffsets : `${foreignOffsets}${before}\n`;
  const closing = after === '' ? '' : `\n${after}`;
  return { sql: opening + text + closing, text, start: opening.length };
}

/**
 * How the engine counts a place in `sql`: its parser in characters, everything after it in bytes of UTF-8.
 * Found by trying (DuckDB 1.5.5); it tells neither.
 */
export type PositionUnit = 'character' | 'byte';

/** Turns the engine's place in `sql` into a UTF-16 offset in `text`; undefined where it is outside. */
export function offsetInText(
  submission: Submission,
  position: number,
  unit: PositionUnit,
): number | undefined {
  const { sql, text, start } = submission;
  const before =
    unit === 'byte'
      ? Buffer.from(sql).subarray(0, position).toString()
      : Array.from(sql).slice(0, position).join('');
  const offset = before.length - start;
  return offset >= 0 && offset <= text.length ? offset : undefined;
}

/** A query without the semicolon that may end it, so that it can stand in parentheses. */
export function withoutFinalSemicolon(query: string): string {
  return query.replace(/;\s*$/, '');
}
