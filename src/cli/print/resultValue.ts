import type { Json } from '../../protocol/json.js';
import type { ResultColumn } from '../../protocol/result.js';

const numericType =
  /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|VARINT|FLOAT|DOUBLE|DECIMAL(\(\d+,\d+\))?)$/i;

/** Tells whether a column's values are numbers, whose digits line up on the right. */
export function isNumeric(column: ResultColumn): boolean {
  return numericType.test(column.type);
}

/** A value as a text of its own; the caller decides about null. */
export function valueText(value: Exclude<Json, null>): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
