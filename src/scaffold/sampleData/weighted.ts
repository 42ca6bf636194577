/** Draws an index as often as its weight says, with one number and one look-up. */
export type WeightedTable = Uint16Array;

const slots = 4096;

/**
 * Lays the weights out over 4,096 slots; draw with `table[random.below(table.length)]`.
 * Weights are integers of at least 0 and not all 0; one below a 4,096th of the sum may never be drawn.
 */
export function weightedTable(weights: readonly number[]): WeightedTable {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) throw new RangeError('At least one weight must be above 0.');
  const table = new Uint16Array(slots);
  let upTo = 0;
  weights.forEach((weight, index) => {
    const start = Math.floor((upTo * slots) / total);
    upTo += weight;
    table.fill(index, start, Math.floor((upTo * slots) / total));
  });
  return table;
}
