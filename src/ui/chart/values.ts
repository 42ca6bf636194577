import type { Json } from '../../protocol/json.js';
import { isNumericType } from '../../protocol/wording.js';

/** How the values of a column are placed: by size, by time, or each at a place of its own. */
export type Scale = 'number' | 'time' | 'category';

/** The scale of an engine's type. */
export function scaleOf(type: string): Scale {
  if (isNumericType(type)) return 'number';
  return /^(DATE|TIMESTAMP)/.test(type) ? 'time' : 'category';
}

/**
 * A value as a number: decimals and large integers come as texts, days and moments become milliseconds since
 * 1970 in UTC. Undefined for NULL and for what has no place on an axis, as `infinity`.
 */
export function toNumber(value: Json, scale: Scale): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return undefined;
  const number = scale === 'time' ? parseMoment(value) : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Reads `2024-03-01`, `2024-03-01 12:30:00.5` and `2024-03-01 12:30:00+02`, as the engine prints them. */
function parseMoment(text: string): number {
  const moment =
    /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(\.\d+)?)?(?:([+-])(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (moment === null) return Number.NaN;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, fraction = 0] = moment
    .slice(1, 8)
    .map((part) => Number(part ?? 0));
  const offset = (Number(moment[9] ?? 0) * 60 + Number(moment[10] ?? 0)) * (moment[8] === '-' ? -1 : 1);
  return Date.UTC(year, month - 1, day, hour, minute - offset, second) + Math.floor(fraction * 1000);
}
