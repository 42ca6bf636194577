import { suggest } from '../protocol/suggest.js';
import type { Span } from '../protocol/text.js';
import type { Cursor } from '../sql/cursor.js';

type ReadInterval =
  | { readonly ok: true; readonly within: string }
  | {
      readonly ok: false;
      readonly message: string;
      readonly hint: string;
      /** In the cursor's source; absent for what begins at the cursor. */
      readonly span?: Span;
      readonly meant?: string;
    };

const units = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const known: ReadonlySet<string> = new Set([...units, ...units.map((unit) => `${unit}s`)]);

/** Takes `'2 days'`, `INTERVAL '2 days'` or `INTERVAL 2 DAY`, up to the next token that is not of it. */
export function readInterval(cursor: Cursor): ReadInterval {
  const isTyped = cursor.take('interval');
  const first = cursor.peek();
  const unit = cursor.peek(1);
  if (first?.kind === 'string') {
    const text = cursor.written(first);
    if (isTyped && unit?.kind === 'word') {
      cursor.moveTo(cursor.index + 2);
      return wholeInterval(`${text.slice(1, -1)} ${cursor.written(unit)}`, first);
    }
    cursor.advance();
    return text.startsWith("'") ? wholeInterval(text.slice(1, -1), first) : noInterval(text, first);
  }
  if (!isTyped || first?.kind !== 'number') return noInterval(cursor.written(first), first);
  cursor.moveTo(cursor.index + 2);
  return wholeInterval(`${cursor.written(first)} ${cursor.written(unit)}`, first);
}

/** Reads `1 day 12 hours`. */
function wholeInterval(text: string, span: Span): ReadInterval {
  const words = text.trim().toLowerCase().split(/\s+/);
  const pairs = words.flatMap((count, at) => (at % 2 === 0 ? [{ count, unit: words[at + 1] ?? '' }] : []));
  if (!pairs.every(({ count }) => /^[1-9]\d{0,5}$/.test(count))) return noInterval(`'${text}'`, span);
  const wrong = pairs.find(({ unit }) => !known.has(unit));
  if (wrong === undefined) return { ok: true, within: words.join(' ') };
  const meant = suggest(wrong.unit, known);
  if (meant === undefined) return noInterval(`'${text}'`, span);
  return { ok: false, message: `${wrong.unit} is no unit of time.`, hint: `Did you mean ${meant}?`, span };
}

function noInterval(written: string, span: Span | undefined): ReadInterval {
  return {
    ok: false,
    message: `${written} is no length of time.`,
    hint: "Write a number and a unit: fresh(sold_at, '2 days'). Units are second, minute, hour, day, week, month and year.",
    ...(span === undefined ? {} : { span }),
  };
}
