import type { Span } from '../protocol/text.js';
import { classifyCreate } from './classifyCreate.js';
import { classifyDrop, classifyWrite } from './classifyWrite.js';
import { Cursor } from './cursor.js';
import { wholeQuery, wrapped } from './embed.js';
import { isSessionSetting } from './settings.js';
import type { OtherStatement, SessionStatement, StatementKind } from './statement.js';

const queryVerbs = new Set([
  ...['select', 'from', 'values', 'table', 'describe', 'desc', 'summarize', 'show'],
  ...['pivot', 'pivot_wider', 'pivot_longer', 'unpivot'],
]);

/**
 * Tells what a statement is to the lake, from its tokens alone. `span` is the statement inside the source,
 * without its semicolon; every span of the result is into the source too.
 */
export function classify(source: string, span: Span = { start: 0, end: source.length }): StatementKind {
  return classifyAt(new Cursor(source, span));
}

function classifyAt(cursor: Cursor): StatementKind {
  const verb = cursor.keyword();
  if (queryVerbs.has(verb) || cursor.isOperator('(')) return query(cursor, verb || 'select');
  switch (verb) {
    case 'with':
      return classifyWith(cursor);
    case 'explain':
      return classifyExplain(cursor);
    case 'create':
      return classifyCreate(cursor);
    case 'drop':
      return classifyDrop(cursor);
    case 'set':
    case 'reset':
      return classifySetting(cursor, verb);
    case 'copy':
      return classifyCopy(cursor);
    default:
      return classifyWrite(cursor) ?? { kind: 'other', verb };
  }
}

function query(cursor: Cursor, verb: string): StatementKind {
  const whole = wholeQuery(cursor);
  return whole === undefined ? { kind: 'other', verb } : { kind: 'query', verb, query: whole };
}

/** `WITH … INSERT INTO silver.t` is a write: what follows the list of CTEs decides. */
function classifyWith(cursor: Cursor): StatementKind {
  const start = cursor.index;
  cursor.advance();
  cursor.take('recursive');
  do skipCte(cursor);
  while (cursor.takeOperator(','));
  const write = classifyWrite(cursor);
  cursor.moveTo(start);
  return write ?? query(cursor, 'with');
}

function skipCte(cursor: Cursor): void {
  cursor.takeName();
  cursor.takeParentheses();
  if (cursor.take('using', 'key')) cursor.takeParentheses();
  cursor.take('as');
  cursor.take('not');
  cursor.take('materialized');
  cursor.takeParentheses();
}

/** EXPLAIN reads what its statement reads; with ANALYZE it does what its statement does. */
function classifyExplain(cursor: Cursor): StatementKind {
  cursor.advance();
  const analyze = cursor.take('analyze');
  if (cursor.isOperator('(') && !queryVerbs.has(cursor.keyword(1))) cursor.takeParentheses();
  const explained = classifyAt(cursor);
  if (explained.kind === 'query') return { ...explained, verb: 'explain' };
  if (explained.kind === 'model' && !analyze)
    return { kind: 'query', verb: 'explain', query: explained.select };
  if (explained.kind === 'lake write' || explained.kind === 'drop') return explained;
  return { kind: 'other', verb: 'explain' };
}

/** `SET VARIABLE x = …`, and the settings that change what a query gives. */
function classifySetting(cursor: Cursor, verb: 'set' | 'reset'): SessionStatement | OtherStatement {
  const other: OtherStatement = { kind: 'other', verb };
  cursor.advance();
  if (cursor.take('variable')) return classifyVariable(cursor) ?? other;
  cursor.take('session');
  const timeZone = cursor.take('time', 'zone');
  const written = timeZone ? undefined : cursor.takeName();
  const name = timeZone ? 'timezone' : written?.parts.join('.').toLowerCase();
  const span = written?.span ?? cursor.rest();
  if (name === undefined || span === undefined || !isSessionSetting(name)) return other;
  return { kind: 'session', what: 'setting', name, span, queries: [] };
}

function classifyVariable(cursor: Cursor): SessionStatement | undefined {
  const name = cursor.takeName();
  if (name === undefined) return undefined;
  const assigned = cursor.takeOperator('=') || cursor.take('to');
  const value = assigned ? cursor.rest() : undefined;
  const queries = value === undefined ? [] : [wrapped(cursor.source, 'SELECT (', value, ')')];
  return {
    kind: 'session',
    what: 'variable',
    name: name.parts.join('.').toLowerCase(),
    span: name.span,
    queries,
  };
}

/** `COPY … TO` reads, `COPY silver.t FROM` writes. */
function classifyCopy(cursor: Cursor): StatementKind {
  const write = classifyWrite(cursor);
  if (write !== undefined) return write;
  cursor.advance();
  const inner = cursor.takeParentheses();
  if (inner !== undefined) {
    const content = { start: inner.start + 1, end: inner.end - 1 };
    return { kind: 'other', verb: 'copy', query: wrapped(cursor.source, '', content, '') };
  }
  const name = cursor.takeName();
  if (name === undefined) return { kind: 'other', verb: 'copy' };
  return { kind: 'other', verb: 'copy', query: wrapped(cursor.source, 'FROM ', name.span, '') };
}
