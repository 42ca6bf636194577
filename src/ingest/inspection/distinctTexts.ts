import type { TextForm } from './textForm.js';

/** One text of a column, with how often it is there. */
export interface DistinctText {
  readonly bytes: Buffer;
  readonly form: TextForm;
  count: number;
}

const most = 256;
const slots = 1024;

/**
 * The different texts of a column, at most 256: a column with more is given up, so that memory and time stay
 * bounded. What is found out about a text is found out once.
 */
export class DistinctTexts {
  #slots: (DistinctText | undefined)[] | undefined = new Array(slots);
  #entries: DistinctText[] = [];
  #free = 0;

  /** The texts; undefined once there were too many. */
  get all(): readonly DistinctText[] | undefined {
    return this.#slots === undefined ? undefined : this.#entries;
  }

  /** Counts a text that is known and returns it; undefined for a new one. */
  find(bytes: Buffer, from: number, to: number): DistinctText | undefined {
    const table = this.#slots;
    if (table === undefined) return undefined;
    for (let slot = hashOf(bytes, from, to) % slots; ; slot = (slot + 1) % slots) {
      const known = table[slot];
      if (known === undefined) {
        this.#free = slot;
        return undefined;
      }
      if (!isSame(known.bytes, bytes, from, to)) continue;
      known.count += 1;
      return known;
    }
  }

  /** Takes the text that {@link find} was last asked for and did not know. */
  add(bytes: Buffer, from: number, to: number, form: TextForm): void {
    if (this.#slots === undefined) return;
    if (this.#entries.length === most) {
      this.#slots = undefined;
      this.#entries = [];
      return;
    }
    const entry: DistinctText = { bytes: Buffer.from(bytes.subarray(from, to)), form, count: 1 };
    this.#entries.push(entry);
    this.#slots[this.#free] = entry;
  }
}

function hashOf(bytes: Buffer, from: number, to: number): number {
  let hash = 17;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  return hash >>> 0;
}

function isSame(known: Buffer, bytes: Buffer, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[from + at]) return false;
  return true;
}
