import type {
  FindingEffect,
  SuspectReason,
  SuspectRecord,
  SuspectRecords,
} from '../../protocol/inspection.js';

const mostShown = 20;

/** Collects the records that something is wrong with: counts all and keeps the first. */
export class Suspects {
  readonly #first: SuspectRecord[] = [];
  readonly #counts = new Map<SuspectReason, number>();
  /** How many there are that a run would not read. */
  refused = 0;

  /** `describe` makes what is shown of it, and is asked for the first ones only. */
  add(
    reason: SuspectReason,
    effect: FindingEffect,
    describe: () => Omit<SuspectRecord, 'reason' | 'effect'>,
  ): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    if (effect !== 'look') this.refused += 1;
    if (this.#first.length < mostShown) this.#first.push({ reason, effect, ...describe() });
  }

  countOf(reason: SuspectReason): number {
    return this.#counts.get(reason) ?? 0;
  }

  report(): SuspectRecords {
    const byReason = [...this.#counts].map(([reason, count]) => ({ reason, count }));
    return {
      count: byReason.reduce((sum, { count }) => sum + count, 0),
      byReason: byReason.sort((a, b) => b.count - a.count),
      first: [...this.#first],
    };
  }
}
