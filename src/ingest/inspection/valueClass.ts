import { isCalendarDay } from './calendar.js';

/** What a text that is not NULL looks like; a small number, for counting in arrays. */
export const valueClass = {
  boolean: 0,
  /** At most 15 digits: a BIGINT and a DOUBLE. */
  shortInteger: 1,
  /** 16 to 18 digits: a BIGINT alone. */
  longInteger: 2,
  decimal: 3,
  date: 4,
  time: 5,
  timestamp: 6,
  text: 7,
} as const;

export const valueClasses = 8;

/** The types that a first look can propose and the classes of texts that have them, narrowest first. */
export const classesOfType: Readonly<Record<string, readonly number[]>> = {
  BOOLEAN: [valueClass.boolean],
  BIGINT: [valueClass.shortInteger, valueClass.longInteger],
  DOUBLE: [valueClass.shortInteger, valueClass.decimal],
  DATE: [valueClass.date],
  TIME: [valueClass.time],
  TIMESTAMP: [valueClass.timestamp],
};

const zero = 48;
const nine = 57;
const minus = 45;
const point = 46;
const colon = 58;
const blank = 32;
const letterT = 84;
const exponent = 101;
const significantDigits = 15;
const mostDigits = 18;

/**
 * Tells the class of a text from its bytes, as `ColumnTypeFinder` tells it from the text, and its magnitude:
 * values are looked at by the hundred million. A test holds the two together.
 */
export class ValueClassifier {
  /** Orders the values of one class: a number, a date as 20241231, a time as 235959, a timestamp as both. */
  magnitude = 0;
  /** Of a number without an exponent: digits before its point, a lone 0 left out, and behind it. */
  wholeDigits = 0;
  decimals = 0;
  /** Microseconds, where `magnitude` has a time in it. */
  fraction = 0;
  #bytes: Uint8Array = new Uint8Array();

  classify(bytes: Uint8Array, from: number, to: number): number {
    const first = bytes[from] ?? 0;
    this.#bytes = bytes;
    this.fraction = 0;
    if (first > nine) return this.#isBoolean(from, to) ? valueClass.boolean : valueClass.text;
    if (first < zero && first !== minus) return valueClass.text;
    const length = to - from;
    if (length >= 10 && bytes[from + 4] === minus && bytes[from + 7] === minus) return this.#dated(from, to);
    if (length >= 5 && bytes[from + 2] === colon)
      return this.#time(from, to) ? valueClass.time : valueClass.text;
    return this.#number(from, to);
  }

  #isBoolean(from: number, to: number): boolean {
    const length = to - from;
    if (length !== 4 && length !== 5) return false;
    this.magnitude = length === 4 ? 1 : 0;
    return this.#isWord(from, length === 4 ? 'true' : 'false');
  }

  #isWord(from: number, word: string): boolean {
    for (let at = 0; at < word.length; at += 1)
      if (((this.#bytes[from + at] ?? 0) | 32) !== word.charCodeAt(at)) return false;
    return true;
  }

  #number(from: number, to: number): number {
    const bytes = this.#bytes;
    const isNegative = bytes[from] === minus;
    const start = isNegative ? from + 1 : from;
    let mantissa = 0;
    let at = start;
    for (; at < to; at += 1) {
      const byte = bytes[at] as number;
      if (byte < zero || byte > nine) break;
      mantissa = mantissa * 10 + (byte - zero);
    }
    const digits = at - start;
    if (digits === 0 || (digits > 1 && bytes[start] === zero)) return valueClass.text;
    if (at < to) return this.#decimal(from, at, to, { mantissa, digits, isNegative });
    this.magnitude = isNegative ? -mantissa : mantissa;
    this.wholeDigits = bytes[start] === zero ? 0 : digits;
    this.decimals = 0;
    if (digits <= significantDigits) return valueClass.shortInteger;
    return digits <= mostDigits ? valueClass.longInteger : valueClass.text;
  }

  #decimal(from: number, pointAt: number, to: number, whole: WholePart): number {
    const hasPoint = this.#bytes[pointAt] === point;
    const end = hasPoint ? this.#endOfDigits(pointAt + 1, to) : pointAt;
    if (hasPoint && end === pointAt + 1) return valueClass.text;
    if (end < to && !this.#isExponent(end, to)) return valueClass.text;
    const decimals = Math.max(0, end - pointAt - 1);
    const { mantissa, digits } = this.#withDecimals(pointAt + 1, end, whole);
    if (digits > significantDigits) return valueClass.text;
    // Both parts of the division are exact, so its result is the nearest double.
    const isPlain = end === to && decimals <= 22;
    this.wholeDigits = whole.mantissa === 0 ? 0 : whole.digits;
    this.decimals = end === to ? decimals : Number.POSITIVE_INFINITY;
    const size = isPlain ? mantissa / (powersOfTen[decimals] ?? 1) : Math.abs(Number(this.#text(from, to)));
    this.magnitude = whole.isNegative ? -size : size;
    return valueClass.decimal;
  }

  #endOfDigits(from: number, to: number): number {
    let at = from;
    for (; at < to; at += 1) {
      const byte = this.#bytes[at] as number;
      if (byte < zero || byte > nine) break;
    }
    return at;
  }

  /** The digits that count: zeros before the first other one do not. */
  #withDecimals(from: number, to: number, whole: WholePart): Pick<WholePart, 'mantissa' | 'digits'> {
    let { mantissa } = whole;
    let digits = mantissa === 0 ? 0 : whole.digits;
    for (let at = from; at < to; at += 1) {
      mantissa = mantissa * 10 + ((this.#bytes[at] as number) - zero);
      if (mantissa > 0) digits += 1;
    }
    return { mantissa, digits };
  }

  #isExponent(at: number, to: number): boolean {
    const bytes = this.#bytes;
    if (((bytes[at] ?? 0) | 32) !== exponent) return false;
    const sign = bytes[at + 1];
    const start = sign === minus || sign === 43 ? at + 2 : at + 1;
    return (to - start === 1 || to - start === 2) && this.#digits(start, to) >= 0;
  }

  #dated(from: number, to: number): number {
    const year = this.#digits(from, from + 4);
    const month = this.#digits(from + 5, from + 7);
    const day = this.#digits(from + 8, from + 10);
    if (year < 0 || !isCalendarDay(year, month, day)) return valueClass.text;
    const date = year * 10_000 + month * 100 + day;
    this.magnitude = date;
    if (to - from === 10) return valueClass.date;
    const separator = this.#bytes[from + 10];
    if ((separator !== blank && separator !== letterT) || !this.#time(from + 11, to)) return valueClass.text;
    this.magnitude += date * 1_000_000;
    return valueClass.timestamp;
  }

  /** HH:MM, HH:MM:SS or HH:MM:SS.ffffff */
  #time(from: number, to: number): boolean {
    const bytes = this.#bytes;
    const length = to - from;
    if (length !== 5 && length !== 8 && (length < 10 || length > 15)) return false;
    const hours = this.#digits(from, from + 2);
    const minutes = this.#digits(from + 3, from + 5);
    const seconds = length > 5 ? this.#digits(from + 6, from + 8) : 0;
    if (bytes[from + 2] !== colon || (length > 5 && bytes[from + 5] !== colon)) return false;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return false;
    if (length > 8) {
      const fraction = bytes[from + 8] === point ? this.#digits(from + 9, to) : -1;
      if (fraction < 0) return false;
      this.fraction = fraction * (powersOfTen[15 - length] ?? 1);
    }
    this.magnitude = hours * 10_000 + minutes * 100 + seconds;
    return true;
  }

  /** The number that digits make; -1 when one of them is none. */
  #digits(from: number, to: number): number {
    let number = 0;
    for (let at = from; at < to; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (byte < zero || byte > nine) return -1;
      number = number * 10 + (byte - zero);
    }
    return number;
  }

  #text(from: number, to: number): string {
    return String.fromCharCode(...this.#bytes.subarray(from, to));
  }
}

interface WholePart {
  readonly mantissa: number;
  readonly digits: number;
  readonly isNegative: boolean;
}

const powersOfTen = Array.from({ length: 23 }, (_, exponentOfTen) => 10 ** exponentOfTen);
