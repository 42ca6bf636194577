import type { RunEvent } from '../../protocol/run.js';

/** One step of a progress bar: what happens now, and how much further the whole is, in hundredths. */
export interface RunStep {
  readonly message: string;
  readonly increment?: number;
}

/** Turns the events of a run into the steps of a progress bar. */
export class RunSteps {
  #planned = 0;
  #finished = 0;

  /** What to show after an event; undefined when nothing changes. */
  next(event: RunEvent): RunStep | undefined {
    switch (event.kind) {
      case 'waiting':
        return { message: `waiting for ${event.holder} to finish writing` };
      case 'planned':
        this.#planned = event.plan.entries.length;
        return { message: 'looking at what changed' };
      case 'model started':
        return { message: `building ${event.model} (${this.#finished + 1} of ${this.#planned})` };
      case 'model finished':
        this.#finished += 1;
        return { message: event.outcome.model, increment: 100 / Math.max(1, this.#planned) };
      default:
        return undefined;
    }
  }
}
