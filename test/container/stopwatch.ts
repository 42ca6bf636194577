/** Times the steps of a story, to be printed at its end; no test depends on them. */
export class Stopwatch {
  readonly #laps: string[] = [];
  #since = performance.now();

  /** Notes what was done since the last lap. */
  lap(what: string): void {
    const now = performance.now();
    this.#laps.push(`${what} ${((now - this.#since) / 1000).toFixed(1)} s`);
    this.#since = now;
  }

  print(): void {
    process.stdout.write(`    stopwatch: ${this.#laps.join(' · ')}\n`);
  }
}
