import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Random, randomFor } from '../../../../src/scaffold/sampleData/random.js';
import { weightedTable } from '../../../../src/scaffold/sampleData/weighted.js';

const first = (count: number, random: Random) => Array.from({ length: count }, () => random.next());

describe('the source of numbers', () => {
  it('gives the published sequence of xoshiro128**', () => {
    const published = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849];
    assert.deepEqual(first(8, new Random(1, 2, 3, 4)), published);
  });

  it('repeats itself for the same seed and stream', () => {
    assert.deepEqual(first(5, randomFor(7, 1, 2)), first(5, randomFor(7, 1, 2)));
  });

  it('differs for another seed or stream', () => {
    const starts = [
      randomFor(7),
      randomFor(8),
      randomFor(7, 1),
      randomFor(7, 2),
      randomFor(7, 1, 2),
      randomFor(7, 2, 1),
    ];
    assert.equal(new Set(starts.map((random) => first(3, random).join())).size, starts.length);
  });

  it('stays below the limit and reaches all values', () => {
    const random = randomFor(1);
    const drawn = new Set(Array.from({ length: 500 }, () => random.below(10)));
    assert.deepEqual([...drawn].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('refuses to pick from nothing', () => {
    assert.throws(() => randomFor(1).pick([]), RangeError);
  });
});

describe('a weighted table', () => {
  it('gives each index its share of the slots', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 80 }), (weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        fc.pre(total > 0);
        const table = weightedTable(weights);
        weights.forEach((weight, index) => {
          const slots = table.filter((drawn) => drawn === index).length;
          assert(Math.abs(slots - (weight * table.length) / total) < 1);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('needs a weight', () => {
    assert.throws(() => weightedTable([0, 0]), RangeError);
  });
});
