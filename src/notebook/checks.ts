import type { Span } from '../protocol/text.js';
import { Cursor } from '../sql/cursor.js';
import { suggest } from '../sql/suggest.js';
import { type Token, tokenise } from '../sql/tokenise.js';
import type { WrittenDeclaration } from './declarationLines.js';

export const checkActions = ['warn', 'drop', 'fail'] as const;

/** What happens when a check does not hold: a warning, the rows go to quarantine, or nothing is published. */
export type CheckAction = (typeof checkActions)[number];

interface CheckBase {
  /** The rule as written, without its action, on one line. */
  readonly text: string;
  readonly action: CheckAction;
  /** The rule without its action, in the cell's text. */
  readonly span: Span;
}

/** A rule of each row by itself: a boolean expression. Only FALSE fails. */
export interface RowCheck extends CheckBase {
  readonly kind: 'row';
  /** SQL without comments and semicolons, its parentheses balanced. */
  readonly expression: string;
}

/** A rule of columns: `not_null(a, b)` for each of them, `unique(a, b)` for them together. */
export interface ColumnsCheck extends CheckBase {
  readonly kind: 'not_null' | 'unique';
  readonly columns: readonly { readonly name: string; readonly span: Span }[];
}

export type Check = RowCheck | ColumnsCheck;

export type CheckOutcome = { readonly ok: true; readonly check: Check } | RefusedCheck;

interface RefusedCheck {
  readonly ok: false;
  readonly message: string;
  readonly hint: string;
  readonly span: Span;
  /** What was meant in the span's place, where that is known. */
  readonly meant?: string;
}

/** Reads the value of a `@check`. The action is what follows the last `|`, if it is one; `fail` without. */
export function parseCheck(written: WrittenDeclaration): CheckOutcome {
  const { value, toCell, valueSpan } = written;
  const place = (span: Span): Span => ({ start: toCell(span.start), end: toCell(span.end) });
  const refuse = (message: string, hint: string, span?: Span): RefusedCheck => {
    return { ok: false, message, hint, span: span === undefined ? valueSpan : place(span) };
  };

  const fault = lexicalFault(value);
  if (fault !== undefined) return refuse(fault.message, fault.hint, fault.span);
  const { rule, action, misspelt } = cutAction(value);
  if (misspelt !== undefined) {
    const { word, meant, span } = misspelt;
    const refusal = refuse(`${word} is no action of a check.`, `Did you mean | ${meant}?`, span);
    return { ...refusal, meant };
  }
  if (rule === undefined)
    return refuse('The check has no rule.', 'Write the rule before the action: quantity > 0 | drop');

  const base = { text: value.slice(0, rule.end).replace(/\s+/g, ' '), action, span: place(rule) };
  const call = findCheckFunction(value, rule);
  if (call === undefined)
    return { ok: true, check: { ...base, kind: 'row', expression: value.slice(0, rule.end) } };
  if (call.fault !== undefined) return refuse(call.fault.message, call.fault.hint, call.span);
  const { kind, columns } = call;
  if (kind === 'unique' && action === 'drop') {
    return refuse(
      'unique(…) can only warn or fail: which of the equal rows to drop is not said.',
      `Keep one row in the model: QUALIFY row_number() OVER (PARTITION BY ${columns.map(({ name }) => name).join(', ')} ORDER BY …) = 1`,
    );
  }
  const placed = columns.map(({ name, span }) => ({ name, span: place(span) }));
  return { ok: true, check: { ...base, kind, columns: placed } };
}

interface Fault {
  readonly message: string;
  readonly hint: string;
}

/** What would change the meaning of the SQL that the rule is put into. */
function lexicalFault(value: string): (Fault & { readonly span: Span }) | undefined {
  let depth = 0;
  for (const token of tokenise(value)) {
    const fault = tokenFault(value, token);
    if (fault !== undefined) return { ...fault, span: token };
    const written = value.slice(token.start, token.end);
    if (token.kind === 'operator' && written === '(') depth += 1;
    if (token.kind === 'operator' && written === ')') depth -= 1;
    if (depth < 0)
      return {
        message: 'A parenthesis is closed that was not opened.',
        hint: 'Open it, or take it out.',
        span: token,
      };
  }
  if (depth === 0) return undefined;
  return {
    message: 'A parenthesis is never closed.',
    hint: 'Close it.',
    span: { start: 0, end: value.length },
  };
}

function tokenFault(value: string, token: Token): Fault | undefined {
  if (token.unterminated)
    return { message: 'A quote or a comment is never closed.', hint: 'Close it on the same line.' };
  if (token.kind === 'line comment' || token.kind === 'block comment') {
    return { message: 'A check can hold no comment.', hint: 'Write the remark as a comment of its own.' };
  }
  const isSemicolon = token.kind === 'operator' && value[token.start] === ';';
  return isSemicolon ? { message: 'A check is one expression.', hint: 'Take the semicolon out.' } : undefined;
}

interface CutValue {
  /** The rule, in the value; absent when there is none. */
  readonly rule: Span | undefined;
  readonly action: CheckAction;
  readonly misspelt?: { readonly word: string; readonly meant: string; readonly span: Span };
}

function cutAction(value: string): CutValue {
  const cursor = new Cursor(value);
  const { tokens } = cursor;
  const whole = cursor.rest();
  const last = tokens.at(-1);
  const hasBar = tokens.length > 1 && cursor.isOperator('|', tokens.length - 2);
  const word = cursor.keyword(tokens.length - 1);
  const action = checkActions.find((known) => known === word);
  if (!hasBar || last === undefined || whole === undefined) return { rule: whole, action: 'fail' };
  const before = tokens.at(-3);
  if (action !== undefined) {
    return { rule: before === undefined ? undefined : { start: whole.start, end: before.end }, action };
  }
  const meant = word === '' ? undefined : suggest(word, checkActions);
  if (meant === undefined) return { rule: whole, action: 'fail' };
  return { rule: whole, action: 'fail', misspelt: { word, meant, span: last } };
}

const laterFunctions: Readonly<Record<string, string>> = {
  accepted: "Write the rule of a row: status IN ('open', 'closed')",
  references: 'Join the other table in the model, and check the joined column: not_null(store_name)',
  fresh: 'Leave it out: freshness is not checked yet.',
};

type CheckFunction =
  | {
      readonly kind: ColumnsCheck['kind'];
      readonly columns: ColumnsCheck['columns'];
      readonly fault?: undefined;
    }
  | { readonly fault: Fault; readonly span: Span };

/** The check function that a rule is, or why it calls one wrongly; undefined for an expression without one. */
function findCheckFunction(value: string, rule: Span): CheckFunction | undefined {
  const cursor = new Cursor(value, rule);
  for (; cursor.peek() !== undefined; cursor.advance()) {
    const name = cursor.keyword();
    const span = cursor.peek();
    if (span === undefined || !cursor.isOperator('(', 1)) continue;
    const hint = Object.hasOwn(laterFunctions, name) ? laterFunctions[name] : undefined;
    if (hint !== undefined) return { fault: { message: `There is no check function ${name}.`, hint }, span };
    if (name === 'not_null' || name === 'unique') return readColumnsCheck(cursor, name);
  }
  return undefined;
}

function readColumnsCheck(cursor: Cursor, kind: ColumnsCheck['kind']): CheckFunction {
  const isFirst = cursor.index === 0;
  const span = cursor.advance() ?? { start: 0, end: 0 };
  const columns = takeColumns(cursor);
  if (isFirst && columns !== undefined && cursor.peek() === undefined) return { kind, columns };
  const message = `${kind}(…) takes names of columns and is a check by itself.`;
  return {
    fault: { message, hint: `Write ${kind}(column), and every other rule as a @check of its own.` },
    span,
  };
}

/** `(a, "b c")`; undefined for any other list. */
function takeColumns(cursor: Cursor): ColumnsCheck['columns'] | undefined {
  const columns: { name: string; span: Span }[] = [];
  cursor.takeOperator('(');
  do {
    const name = cursor.takeName();
    const [column, ...more] = name?.parts ?? [];
    if (name === undefined || column === undefined || more.length > 0) return undefined;
    columns.push({ name: column, span: name.span });
  } while (cursor.takeOperator(','));
  return cursor.takeOperator(')') ? columns : undefined;
}
