import type { Json } from '../protocol/json.js';
import type { ResultColumn } from '../protocol/result.js';

export type Row = readonly Json[];

/**
 * Where the rows of one result come from, whatever shows them: a payload, messages to a kernel, or HTTP.
 */
export interface ResultSource {
  readonly columns: readonly ResultColumn[];
  /** How many rows the whole result has. */
  readonly total: number;
  /** The rows at hand from `from` up to, not including, `to`; both count from 0. */
  rows(from: number, to: number): readonly Row[];
}

/** The rows that came with a payload. */
export function payloadSource(payload: {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
  readonly total: number;
}): ResultSource {
  const { columns, total } = payload;
  return { columns, total, rows: (from, to) => payload.rows.slice(from, to) };
}
