import type { RunEvent } from '../../protocol/run.js';
import { formatElapsed } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { formatModelOutcome } from './modelOutcome.js';
import { formatShare } from './number.js';
import { countActions } from './plan.js';
import { formatBar } from './progressBar.js';
import { displayWidth, pad } from './width.js';

interface RunningModel {
  readonly startedAt: number;
  readonly share: number;
}

/** What a run has told so far, as lines: those that stay, and those of the models that run now. */
export class RunProgress {
  private readonly running = new Map<string, RunningModel>();
  private nameWidth = 0;

  /** Where nothing is drawn again, a start is a line too: else a long model would look like a standstill. */
  constructor(
    private readonly style: Style,
    private readonly options: { readonly announceStarts: boolean },
  ) {}

  /** Takes one event, at a time in milliseconds, and returns the lines it adds for good. */
  apply(event: RunEvent, now: number): readonly string[] {
    switch (event.kind) {
      case 'waiting':
        return [`Waiting for ${event.holder} to finish writing.`];
      case 'planned':
        this.nameWidth = Math.max(0, ...event.plan.entries.map(({ model }) => displayWidth(model)));
        return [countActions(event.plan)];
      case 'model started':
        this.running.set(event.model, { startedAt: now, share: 0 });
        return this.options.announceStarts ? [`${this.style.symbols.skipped} ${event.model}  started`] : [];
      case 'model progress':
        this.progress(event.model, event.share);
        return [];
      case 'model finished':
        this.running.delete(event.outcome.model);
        return [formatModelOutcome(event.outcome, this.nameWidth, this.style)];
      case 'finished':
        this.running.clear();
        return [];
    }
  }

  /** A line for each running model, at a time in milliseconds. */
  runningLines(now: number): readonly string[] {
    const { spinner } = this.style.symbols;
    const wheel = spinner[Math.floor(now / 100) % spinner.length] ?? '';
    return [...this.running].map(([model, { startedAt, share }]) => {
      const bar = `${formatBar(share, 16, this.style)} ${formatShare(share).padStart(5)}`;
      return `${wheel} ${pad(model, this.nameWidth)}  ${bar}  ${formatElapsed(now - startedAt)}`;
    });
  }

  private progress(model: string, share: number): void {
    const before = this.running.get(model);
    // A report may arrive after its model's end, and the engine's estimate may fall.
    if (before) this.running.set(model, { ...before, share: Math.max(before.share, share) });
  }
}
