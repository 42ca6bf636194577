import type { Style } from '../style.js';

const steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Numbers as little bars, the largest the highest; a gap for null. Empty where a terminal has no such signs. */
export function formatSparkline(values: readonly (number | null)[], { symbols }: Style): string {
  if (symbols.barEnds.length === 0) return '';
  const largest = Math.max(1, ...values.map((value) => value ?? 0));
  return values.map((value) => (value === null ? ' ' : barOf(value / largest))).join('');
}

/** Only nothing has the lowest bar. */
function barOf(share: number): string {
  const step = share === 0 ? 0 : Math.max(1, Math.round(share * (steps.length - 1)));
  return steps[step] ?? steps[0];
}
