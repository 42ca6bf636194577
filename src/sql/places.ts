import type { Span } from '../protocol/text.js';
import { Cursor } from './cursor.js';
import { enginePositions } from './offsets.js';

/** Finds where the things of a parsed tree stand in the text it was parsed from. */
export interface Places {
  /** The token at a position of the engine; an empty span at 0 where the engine gives none. */
  token(position: unknown): Span;
  /** The name at a position, with its qualifiers. */
  name(position: unknown): Span;
  /** From the function's name at a position to its closing parenthesis. */
  call(position: unknown): Span;
  /** The same with the `FILTER ( … )` or `WITHIN GROUP ( … )` behind it. */
  aggregate(position: unknown): Span;
  /** From the last of these keywords before a position to the end of the token at the position. */
  clause(position: unknown, keywords: readonly string[]): Span;
  /** The `AT ( … )` around a position. */
  atClause(position: unknown): Span;
}

/** Reads places from a text; positions are `query_location`s, what is no position gives an empty span. */
export function placesIn(text: string): Places {
  const toOffset = enginePositions(text);
  const cursor = new Cursor(text);
  const { tokens } = cursor;

  const indexAt = (position: unknown): number => {
    if (typeof position !== 'number' || position > text.length * 4) return -1;
    const offset = toOffset(position);
    return tokens.findIndex((token) => token.end > offset);
  };
  const spanOf = (index: number): Span => {
    const token = tokens[index];
    return token === undefined ? { start: 0, end: 0 } : { start: token.start, end: token.end };
  };
  /** The last place before an index where this is true of the token, as `ahead` of the cursor. */
  const lastBefore = (index: number, isThere: (at: number) => boolean): number => {
    cursor.moveTo(0);
    return tokens.findLastIndex((_, at) => at < index && isThere(at));
  };
  const takeName = (position: unknown): Span => {
    const index = indexAt(position);
    if (index === -1) return spanOf(index);
    cursor.moveTo(index);
    return cursor.takeName()?.span ?? spanOf(index);
  };
  const takeCall = (position: unknown): Span => {
    const name = takeName(position);
    return { start: name.start, end: cursor.takeParentheses()?.end ?? name.end };
  };

  return {
    token: (position) => spanOf(indexAt(position)),
    name: takeName,
    call: takeCall,
    aggregate: (position) => {
      const call = takeCall(position);
      let { end } = call;
      while (cursor.take('within', 'group') || cursor.take('filter'))
        end = cursor.takeParentheses()?.end ?? end;
      return { start: call.start, end };
    },
    clause: (position, keywords) => {
      const index = indexAt(position);
      const before = lastBefore(index, (at) => keywords.includes(cursor.keyword(at)));
      return { start: spanOf(before === -1 ? index : before).start, end: spanOf(index).end };
    },
    atClause: (position) => {
      const index = indexAt(position);
      const at = lastBefore(
        index,
        (candidate) => cursor.keyword(candidate) === 'at' && cursor.isOperator('(', candidate + 1),
      );
      if (at === -1) return spanOf(index);
      cursor.moveTo(at + 1);
      return { start: spanOf(at).start, end: cursor.takeParentheses()?.end ?? spanOf(index).end };
    },
  };
}
