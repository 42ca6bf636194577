import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError, problem } from '../protocol/problem.js';
import type { LakeContext } from './context.js';
import { conflict } from './lakeProblem.js';
import { describeHolder, LeaseFile, parseHolder } from './leaseFile.js';
import { Silence } from './silence.js';

/** How patient writers are with each other, in milliseconds. */
export interface LeaseTimes {
  /** Between two signs of life. */
  readonly beatMs: number;
  /** After how long without one a holder counts as dead whose death can't be seen. */
  readonly silenceMs: number;
  /** Between two looks of one that waits. */
  readonly lookMs: number;
}

export const defaultLeaseTimes: LeaseTimes = { beatMs: 5_000, silenceMs: 30_000, lookMs: 150 };

export interface AcquireOptions {
  /** False: throws `lake.busy` at once when somebody else is writing. Default true. */
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
  /** Called once for each holder that is waited for. */
  readonly onWaiting?: (holder: string) => void;
}

/** The right to write one environment. It can be lost while its holder sleeps. */
export class Lease {
  private readonly losing = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  private beat = 0;
  private released = false;

  constructor(
    readonly token: string,
    private readonly text: string,
    private readonly file: LeaseFile,
    private readonly context: LakeContext,
    private readonly beatMs: number,
  ) {
    this.scheduleBeat();
  }

  get lost(): boolean {
    return this.losing.signal.aborted;
  }

  /** Aborted when the lease turns out to be lost. */
  get signal(): AbortSignal {
    return this.losing.signal;
  }

  /** Looks at the lease's file. Throws a ProblemError `lake.conflict` when it is no longer this one's. */
  async assertHeld(): Promise<void> {
    if ((await this.file.read()) !== this.text) this.losing.abort();
    if (this.lost) throw conflict('Another process took over the writing of the lake.');
  }

  async release(): Promise<void> {
    clearTimeout(this.timer);
    this.released = true;
    await this.beating;
    await this.file.remove(this.text);
  }

  private scheduleBeat(): void {
    this.timer = setTimeout(() => {
      this.beating = this.showLife().catch((error: unknown) => {
        this.context.logger.warn(`Could not renew the lease: ${error}`);
      });
      this.beating.then(() => {
        if (!this.released && !this.lost) this.scheduleBeat();
      });
    }, this.beatMs);
    this.timer.unref();
  }

  private async showLife(): Promise<void> {
    if ((await this.file.read()) !== this.text) {
      this.losing.abort();
      return;
    }
    this.beat += 1;
    await this.file.writeBeat(this.token, this.beat);
  }
}

/**
 * Waits for the lease of an environment and takes it; a dead holder's is taken over.
 * Throws ProblemErrors: `lake.busy` when not waiting, `sql.cancelled` when aborted.
 */
export async function acquireLease(
  context: LakeContext,
  times: LeaseTimes,
  options: AcquireOptions = {},
): Promise<Lease> {
  const file = new LeaseFile(context);
  const token = randomUUID();
  const since = context.clock().toISOString();
  const holder = { token, since, ...(await context.processes.self()) };
  const silence = new Silence(times.beatMs);
  let waitingFor: string | undefined;
  for (;;) {
    assertNotCancelled(options.signal);
    const other = await file.read();
    if (other === undefined) {
      if (!(await file.create(holder))) continue;
      return new Lease(token, JSON.stringify(holder), file, context, times.beatMs);
    }
    if (await isDead(context, times, file, silence, other)) {
      context.logger.warn(`Taking over from ${describeHolder(other)}, which is gone.`);
      await file.remove(other);
      continue;
    }
    if (options.wait === false) throw busy(describeHolder(other), times);
    if (waitingFor !== other) options.onWaiting?.(describeHolder(other));
    waitingFor = other;
    await pause(times.lookMs, options.signal);
  }
}

async function isDead(
  context: LakeContext,
  times: LeaseTimes,
  file: LeaseFile,
  silence: Silence,
  text: string,
): Promise<boolean> {
  const holder = parseHolder(text);
  if (holder !== undefined && (await context.processes.isGone(holder))) return true;
  const beat = holder === undefined ? '' : await file.readBeat(holder.token);
  return silence.observe(`${text}\n${beat}`, performance.now()) >= times.silenceMs;
}

function busy(holder: string, times: LeaseTimes): ProblemError {
  const seconds = Math.ceil(times.silenceMs / 1000);
  return new ProblemError(
    problem('lake.busy', `The lake is being written by ${holder}.`, {
      hint: `Wait for it to end. One that died on another machine is taken over by a run that waits, after ${seconds} s.`,
    }),
  );
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    assertNotCancelled(signal);
  }
}

function assertNotCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ProblemError(problem('sql.cancelled', 'Waiting for the lake was cancelled.'), {
    cause: signal.reason,
  });
}
