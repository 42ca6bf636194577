import { formatCount } from '../protocol/wording.js';

/** `maxRejects` of a contract: a number of records, or a share of them as `1%`. */
export type MaxRejects = number | string;

/** What a share looks like. */
export const sharePattern = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%$/;

/** How many of so many records a contract allows to be rejected. */
export function allowedRejects(maxRejects: MaxRejects | undefined, records: number): number {
  if (maxRejects === undefined) return 0;
  if (typeof maxRejects === 'number') return maxRejects;
  // 7 % of 100 records is 7.000000000000001.
  return Math.floor((Number(maxRejects.slice(0, -1)) * records) / 100 + 1e-9);
}

/** What a contract allows, in words that go behind its name. */
export function describeLimit(maxRejects: MaxRejects | undefined, records: number): string {
  const allowed = allowedRejects(maxRejects, records);
  if (maxRejects === undefined || maxRejects === 0) return 'allows none';
  return typeof maxRejects === 'number'
    ? `allows ${formatCount(allowed)}`
    : `allows ${maxRejects} of ${formatCount(records)} records, which is ${formatCount(allowed)}`;
}
