import type { OddityKind } from '../../protocol/inspection.js';
import { isCalendarDay } from './calendar.js';

/** What a text that has no type seems to be. One value for all texts of a form, so that they can be counted. */
export interface TextForm {
  readonly kind: 'other' | 'null spelling' | 'date' | OddityKind;
  /** Of a date: how the last day of 2024 is written so. */
  readonly date?: string;
  /** Of a date: which of its first two numbers can only be the day; `both` can be either. */
  readonly order?: 'day first' | 'month first' | 'both';
}

const nullWords =
  /^(?:null|nil|none|na|n\/a|#n\/a|nan|missing|unknown|\(null\)|<null>|\\n|-{1,3}|\?|#null!)$/i;
const longestNullWord = 9;
const leadingZeros = /^-?0\d+(?:\.\d+)?$/;
const plusSign = /^\+\d+(?:[.,]\d+)?$/;
const decimalComma = /^-?(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d+$/;
const thousands = /^-?\d{1,3}(?:[,' ]\d{3})+(?:\.\d+)?$/;
const longNumber = /^-?\d+(?:\.\d+)?$/;
const offset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)$/;
const shortDate =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})((?:,? |T)\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?$/;
const yearFirst = /^(\d{4})([./])(\d{1,2})\2(\d{1,2})((?: |T)\d{1,2}:\d{2}(?::\d{2})?)?$/;
const namedMonth = /^(\d{1,2})([ -]|\. ?)[A-Za-zäöüéû]{3,9}\.?[ -](\d{4}|\d{2})$/;

/** Of the texts that are just texts. */
export const otherForm: TextForm = { kind: 'other' };
const formsByKey = new Map<string, TextForm>();

/** Tells by the first bytes whether a text can have a form at all; most have none, and are done. */
export function mayHaveForm(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] ?? 0;
  if (first >= 48 && first <= 57) return true;
  return to - from <= longestNullWord ? nullStarts[first] === 1 : first === 43 || first === 45;
}

const nullStarts = new Uint8Array(256);
for (const start of 'nNmMuU#(<\\-?+') nullStarts[start.charCodeAt(0)] = 1;

/** The form of a text without blanks around it. */
export function textFormOf(text: string): TextForm {
  if (text.length <= longestNullWord && nullWords.test(text)) return form('null spelling');
  if (leadingZeros.test(text)) return form('leading zeros');
  if (plusSign.test(text)) return form('plus signs');
  if (thousands.test(text)) return form('thousands separators');
  if (decimalComma.test(text)) return form('decimal commas');
  if (longNumber.test(text)) return form('too many digits');
  if (offset.test(text)) return form('offsets from UTC');
  return dateForm(text) ?? otherForm;
}

function dateForm(text: string): TextForm | undefined {
  return (
    shortForm(shortDate.exec(text)) ?? yearForm(yearFirst.exec(text)) ?? namedForm(namedMonth.exec(text))
  );
}

/** Two numbers and a year: which is the day shows where the other could not be. */
function shortForm(match: RegExpExecArray | null): TextForm | undefined {
  if (match === null) return undefined;
  const [, first = '', separator = '', second = '', year = '', time = ''] = match;
  const fullYear = Number(year) + (year.length === 2 ? 2000 : 0);
  const dayFirst = isCalendarDay(fullYear, Number(second), Number(first));
  const monthFirst = isCalendarDay(fullYear, Number(first), Number(second));
  if (!dayFirst && !monthFirst) return undefined;
  const lastDay = dayFirst ? ['31', '12'] : ['12', '31'];
  const date = [...lastDay, year.length === 2 ? '24' : '2024'].join(separator) + timeForm(time);
  const order = dayFirst && monthFirst ? 'both' : dayFirst ? 'day first' : 'month first';
  return form('date', date, order);
}

function yearForm(match: RegExpExecArray | null): TextForm | undefined {
  if (match === null) return undefined;
  const [, year, separator = '', month, day, time = ''] = match;
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  return form('date', ['2024', '12', '31'].join(separator) + timeForm(time));
}

function namedForm(match: RegExpExecArray | null): TextForm | undefined {
  if (match === null) return undefined;
  const [, , separator = ' ', year = ''] = match;
  return form('date', ['31', 'Dec', year.length === 2 ? '24' : '2024'].join(separator));
}

function timeForm(time: string): string {
  return time === '' ? '' : ' 23:59';
}

function form(kind: TextForm['kind'], date?: string, order?: TextForm['order']): TextForm {
  const key = `${kind} ${date} ${order}`;
  const known = formsByKey.get(key);
  if (known !== undefined) return known;
  const made: TextForm = { kind, ...(date !== undefined && { date }), ...(order !== undefined && { order }) };
  formsByKey.set(key, made);
  return made;
}
