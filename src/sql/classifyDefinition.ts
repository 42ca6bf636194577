import type { Span } from '../protocol/text.js';
import type { Cursor } from './cursor.js';
import { wrapped } from './embed.js';
import type { EmbeddedQuery, SessionStatement } from './statement.js';

/** CREATE MACRO, read up to its name, with all its overloads; undefined when it can't be one. */
export function classifyMacro(cursor: Cursor): SessionStatement | undefined {
  cursor.take('if', 'not', 'exists');
  const name = cursor.takeName();
  if (name === undefined) return undefined;
  const queries: EmbeddedQuery[] = [];
  do {
    const body = takeOverload(cursor);
    if (body === undefined) return undefined;
    queries.push(body);
  } while (cursor.takeOperator(','));
  return { kind: 'session', what: 'macro', name: lastPart(name.parts), span: name.span, queries };
}

/** `(parameters) AS expression` or `(parameters) AS TABLE query`. */
function takeOverload(cursor: Cursor): EmbeddedQuery | undefined {
  if (cursor.takeParentheses() === undefined || !cursor.take('as')) return undefined;
  const isTable = cursor.take('table');
  const body = takeBody(cursor, isTable);
  if (body === undefined) return undefined;
  return isTable ? wrapped(cursor.source, '', body, '') : wrapped(cursor.source, 'SELECT (', body, ')');
}

function takeBody(cursor: Cursor, isTable: boolean): Span | undefined {
  const first = cursor.peek();
  let last: Span | undefined = first;
  while (cursor.peek() !== undefined && !startsOverload(cursor, isTable)) {
    last = takePiece(cursor);
  }
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** In an expression every comma outside brackets ends it; in a query only one before `(…) AS TABLE`. */
function startsOverload(cursor: Cursor, isTable: boolean): boolean {
  if (!cursor.isOperator(',')) return false;
  if (!isTable) return true;
  const start = cursor.index;
  cursor.advance();
  const starts = cursor.takeParentheses() !== undefined && cursor.take('as', 'table');
  cursor.moveTo(start);
  return starts;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Steps over one token, or over everything between a bracket and its partner. */
function takePiece(cursor: Cursor): Span | undefined {
  const first = cursor.advance();
  const close = first?.kind === 'operator' ? closing[cursor.written(first)] : undefined;
  if (close === undefined) return first;
  let last: Span | undefined = first;
  while (cursor.peek() !== undefined && !cursor.isOperator(close)) last = takePiece(cursor);
  return cursor.advance() ?? last;
}

/** CREATE TYPE, read up to its name. */
export function classifyType(cursor: Cursor): SessionStatement | undefined {
  cursor.take('if', 'not', 'exists');
  const name = cursor.takeName();
  if (name === undefined || !cursor.take('as')) return undefined;
  const definition = cursor.rest();
  if (definition === undefined) return undefined;
  return {
    kind: 'session',
    what: 'type',
    name: lastPart(name.parts),
    span: name.span,
    queries: [enumQuery(cursor) ?? wrapped(cursor.source, 'SELECT CAST(NULL AS ', definition, ')')],
  };
}

/** The SELECT of `ENUM (SELECT …)`. */
function enumQuery(cursor: Cursor): EmbeddedQuery | undefined {
  if (!cursor.take('enum')) return undefined;
  const isQuery = cursor.peek(1)?.kind === 'word' || cursor.isOperator('(', 1);
  const list = cursor.takeParentheses();
  if (list === undefined || !isQuery) return undefined;
  return wrapped(cursor.source, '', { start: list.start + 1, end: list.end - 1 }, '');
}

function lastPart(parts: readonly string[]): string {
  return (parts.at(-1) ?? '').toLowerCase();
}
