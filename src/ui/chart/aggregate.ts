import type { ChartAggregate } from '../../protocol/chart.js';

const aggregates: Readonly<Record<ChartAggregate, (values: readonly number[]) => number>> = {
  sum,
  mean: (values) => sum(values) / values.length,
  median,
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  count: (values) => values.length,
};

/** One number for many; the list is not empty. */
export function aggregate(by: ChartAggregate, values: readonly number[]): number {
  return aggregates[by](values);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
