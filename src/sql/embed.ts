import type { Span } from '../protocol/text.js';
import type { Cursor } from './cursor.js';
import type { EmbeddedQuery } from './statement.js';

/** Puts words around a piece of the source so that the engine can parse it as a SELECT. */
export function wrapped(source: string, before: string, span: Span, after: string): EmbeddedQuery {
  return {
    text: `${before}${source.slice(span.start, span.end)}${after}`,
    span,
    lead: before.length,
  };
}

/** Everything from the cursor on, as it is; undefined at the end. */
export function wholeQuery(cursor: Cursor): EmbeddedQuery | undefined {
  const rest = cursor.rest();
  return rest === undefined ? undefined : wrapped(cursor.source, '', rest, '');
}
