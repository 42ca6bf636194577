/** What the story took, chapter by chapter: the machine's part, since nobody reads in a test. */
export class Stopwatch {
  readonly #laps: { readonly chapter: string; readonly ms: number }[] = [];
  #started = performance.now();

  /** Ends a chapter. Time spent in `pause` is not in it. */
  lap(chapter: string): void {
    this.#laps.push({ chapter, ms: performance.now() - this.#started });
    this.#started = performance.now();
  }

  /** Does something that a person would not wait for, as taking pictures. */
  async pause<T>(work: () => Promise<T>): Promise<T> {
    const paused = performance.now();
    try {
      return await work();
    } finally {
      this.#started += performance.now() - paused;
    }
  }

  get totalMs(): number {
    return this.#laps.reduce((sum, { ms }) => sum + ms, 0);
  }

  toString(): string {
    const line = (name: string, ms: number) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`;
    return [...this.#laps.map(({ chapter, ms }) => line(chapter, ms)), line('in all', this.totalMs)].join(
      '\n',
    );
  }
}
