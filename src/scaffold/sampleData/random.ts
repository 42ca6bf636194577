/**
 * A seeded source of numbers: xoshiro128**, 32-bit integers only, so the same seed gives the same numbers on
 * every platform and version of Node. Source: Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators". Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** The four words of the state; not all may be zero. {@link randomFor} makes them from a seed. */
  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
  }

  /** The next number, 0 to 2^32 - 1. */
  next(): number {
    const value = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return value;
  }

  /** A number from 0 up to, not including, `limit`; `limit` is an integer of at most 2^20. */
  below(limit: number): number {
    // At most 52 bits and a division by a power of two: exact in a double, so equal everywhere.
    return Math.floor((this.next() * limit) / 0x1_0000_0000);
  }

  /** One of the items, each as likely as the next; throws a RangeError when there is none. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  }
}

/** A source of its own for each use: the same seed and stream numbers give the same numbers, others give others. */
export function randomFor(seed: number, ...stream: readonly number[]): Random {
  let state = seed | 0;
  const mix = (): number => {
    state = (state + 0x9e37_79b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a_2d97);
    return word ^ (word >>> 15);
  };
  for (const number of stream) state = mix() ^ number;
  return new Random(mix(), mix(), mix(), mix() | 1);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
