import { asLayer, type Layer } from '../protocol/layer.js';
import type { Span } from '../protocol/text.js';
import type { Cursor, WrittenName } from './cursor.js';
import type { LakeDrop, LakeTarget, LakeWrite, OtherStatement } from './statement.js';

/** Steps to where each verb has its target; false when the statement does not change that target. */
const towardsTarget: Readonly<Record<string, (cursor: Cursor) => boolean>> = {
  insert: (cursor) => {
    if (cursor.take('or')) cursor.advance();
    return cursor.take('into');
  },
  update: () => true,
  delete: (cursor) => cursor.take('from'),
  truncate: (cursor) => cursor.take('table') || true,
  merge: (cursor) => cursor.take('into'),
  alter: (cursor) => {
    cursor.advance();
    return cursor.take('if', 'exists') || true;
  },
  comment: (cursor) => {
    const on = cursor.take('on');
    cursor.advance();
    return on;
  },
  copy: () => true,
};

/** A statement that changes a table of the lake; undefined for any other, the cursor then stays. */
export function classifyWrite(cursor: Cursor): LakeWrite | undefined {
  const start = cursor.index;
  const verb = cursor.keyword();
  const target = Object.hasOwn(towardsTarget, verb) ? writeTarget(cursor, verb) : undefined;
  cursor.moveTo(start);
  return target === undefined ? undefined : { kind: 'lake write', verb: verb.toUpperCase(), target };
}

function writeTarget(cursor: Cursor, verb: string): LakeTarget | undefined {
  cursor.advance();
  if (towardsTarget[verb]?.(cursor) !== true) return undefined;
  const name = cursor.takeName();
  if (name === undefined) return undefined;
  if (verb === 'copy') {
    cursor.takeParentheses();
    if (!cursor.take('from')) return undefined;
  }
  return asLakeTarget(cursor, name, verb);
}

/** `COMMENT ON COLUMN silver.sales.amount` has one part more than its table. */
function asLakeTarget(cursor: Cursor, name: WrittenName, verb: string): LakeTarget | undefined {
  const qualifiers = verb === 'comment' ? name.parts.slice(0, -1) : name.parts.slice(-2, -1);
  if (!qualifiers.some((part) => asLayer(part) !== undefined)) return undefined;
  return lakeTarget(cursor, name.span);
}

/** The target that stands in a span, as written. */
export function lakeTarget(cursor: Cursor, span: Span): LakeTarget {
  return { text: cursor.source.slice(span.start, span.end), span };
}

/** The layer a name lies in: that of its last but one part. */
export function layerOf(name: WrittenName): Layer | undefined {
  const schema = name.parts.at(-2);
  return schema === undefined ? undefined : asLayer(schema);
}

/** DROP of a table, a view or a whole layer of the lake; `other` for what is not in it. */
export function classifyDrop(cursor: Cursor): LakeDrop | LakeWrite | OtherStatement {
  cursor.advance();
  const what = cursor.keyword();
  cursor.advance();
  cursor.take('if', 'exists');
  const name = cursor.takeName();
  const other: OtherStatement = { kind: 'other', verb: 'drop' };
  if (name === undefined) return other;
  if (what === 'schema') {
    const whole = asLayer(name.parts.at(-1) ?? '') !== undefined;
    return whole ? { kind: 'lake write', verb: 'DROP SCHEMA', target: lakeTarget(cursor, name.span) } : other;
  }
  const layer = layerOf(name);
  if (layer === undefined || (what !== 'table' && what !== 'view')) return other;
  return { kind: 'drop', what, table: { layer, name: name.parts.at(-1) ?? '', span: name.span } };
}
