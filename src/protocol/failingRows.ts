import type { CheckOutcome, FailingRows } from './quality.js';

/** Where a row came from, as `landing()` gives it. */
const origins = ['_file', '_row'];

/**
 * The rows that break a check with the columns first that tell why: those that the check names, then those that say
 * where the row came from. So a cut at the end takes what matters least.
 */
export function tellingColumnsFirst({ check }: Pick<CheckOutcome, 'check'>, rows: FailingRows): FailingRows {
  const words = new Set(check.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []);
  const weights = rows.columns.map(({ name }) => {
    const lower = name.toLowerCase();
    const parts = lower.match(/[\p{L}\p{N}_]+/gu) ?? [];
    if (parts.length > 0 && parts.every((part) => words.has(part))) return 0;
    return origins.includes(lower) ? 1 : 2;
  });
  const order = rows.columns.map((_, index) => index).sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0));
  const pick = <T>(list: readonly T[]) => order.flatMap((index) => list.slice(index, index + 1));
  return { columns: pick(rows.columns), rows: rows.rows.map(pick) };
}
