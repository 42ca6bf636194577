import type { QualityRun, TableQuality } from './quality.js';

/** `look`: rows were set apart, or a check warns. `failed`: what a person changed last could not be published. */
export type QualityState = 'good' | 'look' | 'failed';

/** How a table stands, in one word. */
export function qualityState(table: TableQuality): QualityState {
  const { checks, published } = table;
  if (failureSince(table) !== undefined) return 'failed';
  if (checks.some(({ action, failures }) => action === 'fail' && failures > 0)) return 'failed';
  const apart = (published?.rejected ?? 0) + (published?.quarantined ?? 0);
  return apart > 0 || checks.some(({ failures }) => failures > 0) ? 'look' : 'good';
}

/** The last run, when it failed to build what is published or to publish anything. */
export function failureSince({ runs, published }: TableQuality): QualityRun | undefined {
  const last = runs.at(-1);
  return last?.status === 'failed' && last.run > (published?.run ?? 0) ? last : undefined;
}

/** Rows set apart in each run; null for a run that failed before it counted any. */
export function apartTrend(
  { runs }: TableQuality,
  what: 'rejected' | 'quarantined',
): readonly (number | null)[] {
  return runs.map((run) => (run.status === 'failed' && run[what] === 0 ? null : run[what]));
}
