/** Loaded before a program: its clock stands in the year 2001 and jumps back another hour each time it is read. */
const realNow = Date.now;
const RealDate = Date;
let reads = 0;

function jumpingNow(): number {
  reads += 1;
  return realNow() - 25 * 365.25 * 86_400_000 - reads * 3_600_000;
}

class JumpingDate extends RealDate {
  constructor(...parts: readonly unknown[]) {
    super(...((parts.length === 0 ? [jumpingNow()] : parts) as [number]));
  }

  static override now(): number {
    return jumpingNow();
  }
}

globalThis.Date = JumpingDate as DateConstructor;
