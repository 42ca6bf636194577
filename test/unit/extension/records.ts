import type { ModelOutcome, RunRecord } from '../../../src/protocol/run.js';

/** What became of `silver.sales`. */
export function outcome(status: ModelOutcome['status'], more: Partial<ModelOutcome> = {}): ModelOutcome {
  return {
    model: 'silver.sales',
    form: 'table',
    status,
    reason: 'its SQL changed',
    elapsedMs: 12,
    problems: [],
    ...more,
  };
}

/** Run 7, which succeeded. */
export function record(more: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    run: 7,
    environment: 'prod',
    startedAt: '2026-01-02T03:04:05.000Z',
    elapsedMs: 1400,
    status: 'succeeded',
    selection: [],
    models: [],
    problems: [],
    ...more,
  };
}
