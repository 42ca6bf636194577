import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import { Cursor } from '../sql/cursor.js';
import { lexicalFault } from './checkFaults.js';
import { findCheckFunction, wholeCall } from './checkFunctions.js';
import { type Check, type CheckAction, checkActions, dropFault } from './checks.js';
import type { WrittenDeclaration } from './declarationLines.js';

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
  const refuse = (message: string, hint: string, span?: Span, meant?: string): RefusedCheck => {
    const at = span === undefined ? valueSpan : place(span);
    return { ok: false, message, hint, span: at, ...(meant === undefined ? {} : { meant }) };
  };

  const fault = lexicalFault(value);
  if (fault !== undefined) return refuse(fault.message, fault.hint, fault.span);
  const { rule, action, misspelt } = cutAction(value);
  if (misspelt !== undefined) {
    const { word, meant, span } = misspelt;
    return refuse(`${word} is no action of a check.`, `Did you mean | ${meant}?`, span, meant);
  }
  if (rule === undefined)
    return refuse('The check has no rule.', 'Write the rule before the action: quantity > 0 | drop');

  const expression = value.slice(rule.start, rule.end);
  const base = { text: expression.replace(/\s+/g, ' '), action, span: place(rule) };
  const found = findCheckFunction(value, rule, place);
  if (found === undefined) {
    const call = wholeCall(value, rule, place);
    return { ok: true, check: { ...base, kind: 'row', expression, ...(call && { call }) } };
  }
  if (!found.ok) return refuse(found.message, found.hint, found.span, found.meant);
  const check = { ...base, ...found.rule };
  const undroppable = dropFault(check);
  return undroppable === undefined ? { ok: true, check } : refuse(undroppable.message, undroppable.hint);
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
