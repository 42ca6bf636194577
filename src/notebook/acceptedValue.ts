import type { Cursor } from '../sql/cursor.js';
import type { AcceptedValue } from './checks.js';

/** Takes one literal; undefined, and nothing taken, for what is none. Its span is in the cursor's source. */
export function readAcceptedValue(cursor: Cursor): AcceptedValue | undefined {
  const first = cursor.peek();
  const second = cursor.peek(1);
  if (first === undefined) return undefined;
  const take = (type: AcceptedValue['type'], tokens: 1 | 2): AcceptedValue => {
    const end = tokens === 2 && second !== undefined ? second.end : first.end;
    cursor.moveTo(cursor.index + tokens);
    const span = { start: first.start, end };
    return { sql: cursor.source.slice(first.start, end), type, span };
  };
  if (first.kind === 'string') return take('text', 1);
  if (first.kind === 'number') return take('number', 1);
  const isSigned = cursor.isOperator('-') || cursor.isOperator('+');
  if (isSigned && second?.kind === 'number') return take('number', 2);
  const word = cursor.keyword();
  if (word === 'true' || word === 'false') return take('boolean', 1);
  return moments.has(word) && second?.kind === 'string' ? take('moment', 2) : undefined;
}

const moments = new Set(['date', 'timestamp', 'timestamptz']);
