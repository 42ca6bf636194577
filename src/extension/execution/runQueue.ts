/** Cells that were started together and wait for, or have, their turn. */
export interface QueuedRun {
  /** Runs them to their end; never rejects. `halt` drops what is queued behind. */
  run(): Promise<'continue' | 'halt'>;
  /** Ends them as cancelled, without a run. */
  drop(): void;
}

/**
 * The runs of one notebook: first in, first out, one at a time.
 *
 * Invariant: each run that was added is either run or dropped, once; without it a cell shows as
 * running for ever.
 */
export class RunQueue {
  #waiting: QueuedRun[] = [];
  #running = false;

  /** Adds a run; resolves when the queue is empty, at once when a run is under way already. */
  async add(run: QueuedRun): Promise<void> {
    this.#waiting.push(run);
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if ((await next.run()) === 'halt') this.clear();
    }
    this.#running = false;
  }

  /** Drops a run that still waits. One that runs has to be aborted by its own means. */
  cancel(run: QueuedRun): void {
    if (!this.#waiting.includes(run)) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== run);
    run.drop();
  }

  /** Drops all that wait. */
  clear(): void {
    const dropped = this.#waiting;
    this.#waiting = [];
    for (const run of dropped) run.drop();
  }
}
