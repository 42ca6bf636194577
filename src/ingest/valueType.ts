interface Candidate {
  readonly type: string;
  readonly accepts: (text: string) => boolean;
}

const wholeNumber = /^-?(?:0|[1-9]\d{0,17})$/;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;
const boolean = /^(?:true|false)$/i;
const date = /^\d{4}-\d{2}-\d{2}$/;
const time = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/;
/** What a double holds of every decimal number. */
const significantDigits = 15;

/** From the narrowest. A text that no candidate accepts is VARCHAR, which loses nothing. */
const candidates: readonly Candidate[] = [
  { type: 'BOOLEAN', accepts: (text) => boolean.test(text) },
  { type: 'BIGINT', accepts: (text) => wholeNumber.test(text) },
  { type: 'DOUBLE', accepts: isExactDouble },
  { type: 'DATE', accepts: isDate },
  { type: 'TIME', accepts: (text) => time.test(text) },
  {
    type: 'TIMESTAMP',
    accepts: (text) =>
      isDate(text.slice(0, 10)) && /^[ T]$/.test(text[10] ?? '') && time.test(text.slice(11)),
  },
];

/**
 * Finds the type of a column from its texts, one after the other. Numbers with leading zeros or a plus are
 * codes, and numbers with more digits than their type holds would lose some: both stay VARCHAR. So do dates in
 * any form but ISO 8601, where day and month can be confused, and texts with an offset from UTC. DECIMAL is
 * never proposed, because a later value with more decimals would not fit it.
 */
export class ColumnTypeFinder {
  #left = candidates;
  #seen = false;

  /** Takes one text that is not NULL. */
  add(text: string): void {
    this.#seen = true;
    if (this.#left.every(({ accepts }) => accepts(text))) return;
    this.#left = this.#left.filter(({ accepts }) => accepts(text));
  }

  /** The narrowest type that holds every text so far; VARCHAR when there was none. */
  get type(): string {
    return (this.#seen ? this.#left[0]?.type : undefined) ?? 'VARCHAR';
  }
}

/** Tells whether a text is a number, a date, a time or a boolean: something that no column is called. */
export function looksLikeValue(text: string): boolean {
  return candidates.some(({ accepts }) => accepts(text));
}

function isExactDouble(text: string): boolean {
  if (!number.test(text)) return false;
  if (text.length <= significantDigits) return true;
  const digits = text
    .replace(/[eE].*$/, '')
    .replaceAll(/[-.]/g, '')
    .replace(/^0+/, '');
  return digits.length <= significantDigits;
}

function isDate(text: string): boolean {
  if (!date.test(text)) return false;
  const day = Number(text.slice(8));
  const month = Number(text.slice(5, 7));
  if (day < 1 || month < 1 || month > 12) return false;
  return day <= 28 || day <= new Date(Date.UTC(Number(text.slice(0, 4)), month, 0)).getUTCDate();
}
