import type { DuckDBConnection } from '@duckdb/node-api';
import type { ExecuteOptions } from '../engine.js';
import { cancelled } from './errors.js';

/** An interrupt that comes before its statement has begun is lost, so it is sent until the statement settles. */
const interruptEveryMs = 10;
const progressEveryMs = 100;

/** A connection on which one piece of work runs at a time; the next waits for its turn. */
export class SerialConnection {
  readonly #connection: DuckDBConnection;
  readonly #closing = new AbortController();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /**
   * Runs `work` when all work before it has settled. Throws a ProblemError `sql.cancelled` when the signal is
   * aborted or the connection closed before it settles, and what `work` throws otherwise.
   */
  run<T>(work: (connection: DuckDBConnection) => Promise<T>, options: ExecuteOptions = {}): Promise<T> {
    const turn = this.#tail.then(() => this.#alone(work, options));
    this.#tail = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /**
   * Interrupts what runs, waits for it, and closes. Closing with a statement in flight would leave its
   * promise pending for ever. Returns false when it was closed before.
   */
  async close(): Promise<boolean> {
    if (this.#closing.signal.aborted) return false;
    this.#closing.abort();
    await this.#tail;
    this.#connection.closeSync();
    return true;
  }

  async #alone<T>(
    work: (connection: DuckDBConnection) => Promise<T>,
    { signal, onProgress }: ExecuteOptions,
  ): Promise<T> {
    const signals = signal === undefined ? [this.#closing.signal] : [signal, this.#closing.signal];
    const isAborted = (): boolean => signals.some(({ aborted }) => aborted);
    if (isAborted()) throw cancelled();
    let interrupts: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      this.#connection.interrupt();
      interrupts ??= setInterval(interrupt, interruptEveryMs);
    };
    for (const each of signals) each.addEventListener('abort', interrupt);
    const progress = onProgress && setInterval(() => this.#report(onProgress), progressEveryMs);
    try {
      const result = await work(this.#connection);
      if (isAborted()) throw cancelled();
      return result;
    } catch (error) {
      throw isAborted() ? cancelled(error) : error;
    } finally {
      clearInterval(interrupts);
      clearInterval(progress);
      for (const each of signals) each.removeEventListener('abort', interrupt);
    }
  }

  #report(onProgress: (share: number) => void): void {
    const { percentage } = this.#connection.progress;
    if (percentage >= 0) onProgress(Math.min(percentage / 100, 1));
  }
}
