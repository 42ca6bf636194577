/**
 * Adds up for how long a lease's holder has given no sign, on the observer's own monotonic clock. Time in
 * which the observer itself slept does not count: both may have been on the same closed laptop.
 */
export class Silence {
  private sign: string | undefined;
  private lastLookMs = 0;
  private silentMs = 0;

  /** `longestStepMs` is the most that one look after another can add. */
  constructor(private readonly longestStepMs: number) {}

  /** Takes a look: `sign` is anything that changes while the holder lives. Returns the silence, in ms. */
  observe(sign: string, nowMs: number): number {
    if (sign === this.sign) this.silentMs += Math.min(nowMs - this.lastLookMs, this.longestStepMs);
    else this.silentMs = 0;
    this.sign = sign;
    this.lastLookMs = nowMs;
    return this.silentMs;
  }
}
