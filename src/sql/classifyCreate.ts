import { classifyMacro, classifyType } from './classifyDefinition.js';
import { lakeTarget, layerOf } from './classifyWrite.js';
import type { Cursor } from './cursor.js';
import { wholeQuery } from './embed.js';
import { classifyModel } from './model.js';
import type { OtherStatement, SessionStatement, StatementKind } from './statement.js';

const other: OtherStatement = { kind: 'other', verb: 'create' };

/** What a CREATE is to the lake. */
export function classifyCreate(cursor: Cursor): StatementKind {
  cursor.advance();
  cursor.take('or', 'replace');
  cursor.take('local');
  const isTemporary = cursor.takeOneOf(['temp', 'temporary']) !== undefined;
  cursor.take('persistent');
  cursor.take('unlogged');
  const prefix = cursor.takeOneOf(['recursive', 'materialized']);
  const form = cursor.takeOneOf(['table', 'view']);
  if (form !== undefined) return classifyTable(cursor, { form, isTemporary, prefix });
  if (cursor.take('macro') || cursor.take('function')) return classifyMacro(cursor) ?? other;
  if (cursor.take('type')) return classifyType(cursor) ?? other;
  return classifyIndex(cursor) ?? other;
}

interface CreateTable {
  readonly form: 'table' | 'view';
  readonly isTemporary: boolean;
  /** What stands before VIEW. */
  readonly prefix: 'recursive' | 'materialized' | undefined;
}

function classifyTable(cursor: Cursor, create: CreateTable): StatementKind {
  const ifNotExists = cursor.take('if', 'not', 'exists');
  const name = cursor.takeName();
  if (name === undefined) return other;
  const layer = layerOf(name);
  if (layer !== undefined) return classifyModel(cursor, { ...create, ifNotExists, name, layer });
  cursor.takeParentheses();
  const query = cursor.take('as') ? wholeQuery(cursor) : undefined;
  const inTemporarySchema = name.parts.at(-2)?.toLowerCase() === 'temp';
  if (!create.isTemporary && !inTemporarySchema) return query === undefined ? other : { ...other, query };
  return {
    kind: 'session',
    what: `temporary ${create.form}`,
    name: (name.parts.at(-1) ?? '').toLowerCase(),
    span: name.span,
    queries: query === undefined ? [] : [query],
  } satisfies SessionStatement;
}

/** An index would be lost with the version it was made on. */
function classifyIndex(cursor: Cursor): StatementKind | undefined {
  cursor.take('unique');
  if (!cursor.take('index')) return undefined;
  cursor.take('if', 'not', 'exists');
  if (!cursor.take('on')) cursor.takeName();
  cursor.take('on');
  const name = cursor.takeName();
  if (name === undefined || layerOf(name) === undefined) return undefined;
  return { kind: 'lake write', verb: 'CREATE INDEX', target: lakeTarget(cursor, name.span) };
}
