import { layers } from '../protocol/layer.js';
import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { Cursor } from '../sql/cursor.js';
import { parseLakeTable } from '../sql/names.js';
import { readAcceptedValue } from './acceptedValue.js';
import type { Fault } from './checkFaults.js';
import type {
  AcceptedCheck,
  AcceptedValue,
  CheckName,
  ColumnsCheck,
  FreshCheck,
  ReferencesCheck,
} from './checks.js';
import { readInterval } from './interval.js';

/** The functions that are a check by themselves, each with an example. */
export const checkFunctions = {
  not_null: 'not_null(store_id, city)',
  unique: 'unique(transaction_id)',
  accepted: "accepted(status, 'open', 'closed')",
  references: 'references(store_id, silver.stores.store_id)',
  fresh: "fresh(sold_at, '2 days')",
} as const;

/** The name of a function that is a check by itself. */
export type CheckFunctionName = keyof typeof checkFunctions;

/** Tells whether a name, in lower case, is that of a function that is a check by itself. */
export function isCheckFunction(name: string): name is CheckFunctionName {
  return Object.hasOwn(checkFunctions, name);
}

type Common = 'text' | 'action' | 'span';
type FunctionRule =
  | Omit<ColumnsCheck, Common>
  | Omit<AcceptedCheck, Common>
  | Omit<ReferencesCheck, Common>
  | Omit<FreshCheck, Common>;

type CheckFunction = { readonly ok: true; readonly rule: FunctionRule } | FunctionFault;

interface FunctionFault extends Fault {
  readonly ok: false;
  /** In the value. */
  readonly span: Span;
  readonly meant?: string;
}

/** From a span of the value to one of the cell's text. */
type Place = (span: Span) => Span;

/** The check function that a rule is, or why it calls one wrongly; undefined for an expression without one. */
export function findCheckFunction(value: string, rule: Span, place: Place): CheckFunction | undefined {
  const cursor = new Cursor(value, rule);
  for (; cursor.peek() !== undefined; cursor.advance()) {
    const name = cursor.keyword();
    if (isCheckFunction(name) && cursor.isOperator('(', 1)) return readCall(cursor, name, place);
  }
  return undefined;
}

/** The function whose call is all of a rule; undefined for every other rule. */
export function wholeCall(value: string, rule: Span, place: Place): CheckName | undefined {
  const cursor = new Cursor(value, rule);
  const name = cursor.keyword();
  const span = cursor.advance();
  if (name === '' || span === undefined || cursor.takeParentheses() === undefined) return undefined;
  return cursor.peek() === undefined ? { name, span: place(span) } : undefined;
}

function readCall(cursor: Cursor, kind: CheckFunctionName, place: Place): CheckFunction {
  const isFirst = cursor.index === 0;
  const span = cursor.advance() ?? { start: 0, end: 0 };
  const end = new Cursor(cursor.source, { start: span.end, end: cursor.rest()?.end ?? span.end });
  const isWhole = isFirst && end.takeParentheses() !== undefined && end.peek() === undefined;
  cursor.takeOperator('(');
  const read = isWhole ? readers[kind](cursor, place) : undefined;
  if (read !== undefined && (!read.ok || (cursor.takeOperator(')') && cursor.peek() === undefined)))
    return read;
  const message = `${kind}(…) takes ${takes[kind]} and is a check by itself.`;
  const hint = `Write ${checkFunctions[kind]}, and every other rule as a @check of its own.`;
  return { ok: false, message, hint, span };
}

const takes: Readonly<Record<CheckFunctionName, string>> = {
  not_null: 'names of columns',
  unique: 'names of columns',
  accepted: 'a column and the values that it may have',
  references: 'a column and a column of a table of the lake',
  fresh: 'a column and how old its newest value may be',
};

/** Each reads what is between the parentheses; undefined for what is something else. */
const readers: Readonly<
  Record<CheckFunctionName, (cursor: Cursor, place: Place) => CheckFunction | undefined>
> = {
  not_null: (cursor, place) => readColumns(cursor, 'not_null', place),
  unique: (cursor, place) => readColumns(cursor, 'unique', place),
  accepted: readAccepted,
  references: readReferences,
  fresh: readFresh,
};

function readColumns(cursor: Cursor, kind: ColumnsCheck['kind'], place: Place): CheckFunction | undefined {
  const columns: CheckName[] = [];
  do {
    const column = takeColumn(cursor, place);
    if (column === undefined) return undefined;
    columns.push(column);
  } while (cursor.takeOperator(','));
  return { ok: true, rule: { kind, columns } };
}

function readAccepted(cursor: Cursor, place: Place): CheckFunction | undefined {
  const column = takeColumn(cursor, place);
  if (column === undefined || !cursor.isOperator(',')) return undefined;
  const values: AcceptedValue[] = [];
  while (cursor.takeOperator(',')) {
    const span = cursor.peek();
    const value = readAcceptedValue(cursor);
    if (span === undefined) return undefined;
    if (value === undefined) {
      const isNull = cursor.keyword() === 'null';
      return {
        ok: false,
        message: `${cursor.written(span)} is no value that accepted(…) could list.`,
        hint: isNull
          ? 'Leave it out: a missing value always passes. To refuse it, add not_null(…).'
          : "Write texts in single quotes, numbers, true, false, or a date as DATE '2026-01-31'.",
        span,
      };
    }
    values.push({ ...value, span: place(value.span) });
  }
  return { ok: true, rule: { kind: 'accepted', column, values } };
}

function readReferences(cursor: Cursor, place: Place): CheckFunction | undefined {
  const column = takeColumn(cursor, place);
  if (column === undefined || !cursor.takeOperator(',')) return undefined;
  const [first, , second, , third] = [0, 1, 2, 3, 4].map((ahead) => cursor.peek(ahead));
  const target = cursor.takeName();
  if (target === undefined) return undefined;
  const [layer = '', name = '', referenced = '', ...more] = target.parts;
  const table = parseLakeTable(`${layer}.${name}`);
  const isComplete = target.parts.length >= 2 && more.length === 0;
  if (table === undefined && isComplete && first !== undefined) {
    const meant = suggest(layer, layers);
    const hint = meant === undefined ? `Write ${checkFunctions.references}.` : `Did you mean ${meant}?`;
    const message = `${layer}.${name} is no table of the lake.`;
    return { ok: false, message, hint, span: first, ...(meant === undefined ? {} : { meant }) };
  }
  if (table === undefined || first === undefined || second === undefined || third === undefined)
    return undefined;
  if (target.parts.length !== 3) return undefined;
  const tableSpan = place({ start: first.start, end: second.end });
  const rule = {
    kind: 'references' as const,
    column,
    table: { ...table, span: tableSpan },
    referenced: { name: referenced, span: place(third) },
  };
  return { ok: true, rule };
}

function readFresh(cursor: Cursor, place: Place): CheckFunction | undefined {
  const column = takeColumn(cursor, place);
  const start = cursor.peek(1);
  if (column === undefined || start === undefined || !cursor.takeOperator(',')) return undefined;
  const interval = readInterval(cursor);
  if (interval.ok)
    return { ok: true, rule: { kind: 'fresh', column, within: interval.within, volatile: 'fresh' } };
  return { ...interval, span: interval.span ?? start };
}

/** A column's bare name: in a check there is one table only. */
function takeColumn(cursor: Cursor, place: Place): CheckName | undefined {
  const name = cursor.takeName();
  const [column, ...more] = name?.parts ?? [];
  if (name === undefined || column === undefined || more.length > 0) return undefined;
  return { name: column, span: place(name.span) };
}
