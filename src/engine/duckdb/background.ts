import { setTimeout as sleep } from 'node:timers/promises';
import type { DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** While the engine computes, it is asked from time to time: at first often, later each twentieth of the time so far. */
const shortestMs = 1;
const longestMs = 20;
const shareOfElapsed = 1 / 20;

/** A process that computed less than this share of such a while computes nothing. */
const idleShare = 0.1;
const idleAfterMs = 500;

/**
 * Runs a statement by the engine's own threads. The usual way lends it a thread that, when there is nothing left
 * for it to do, asks for work in a tight loop until the others have finished (duckdb/duckdb#22178): a core that
 * computes nothing, up to the whole time of a statement. Statements that run this way can wait for each other;
 * one that is run as usual has its thread and waits for none. Rejects with what the engine says.
 *
 * Where the system gives no more threads the engine goes on with fewer, or none, and says nothing: so when this
 * process computes nothing, the statement gets a thread after all.
 */
export async function runInBackground(prepared: DuckDBPreparedStatement): Promise<DuckDBResult> {
  const pending = prepared.start();
  const started = performance.now();
  const idle = new IdleWatch();
  while (isRunning(handleOf(pending)) && !idle.isIdle()) {
    const elapsed = performance.now() - started;
    await sleep(Math.min(Math.max(elapsed * shareOfElapsed, shortestMs), longestMs));
  }
  return pending.getResult();
}

/** Tells whether this process, all its threads together, has been computing. */
class IdleWatch {
  #since = performance.now();
  #used = process.cpuUsage();

  isIdle(): boolean {
    const elapsedMs = performance.now() - this.#since;
    if (elapsedMs < idleAfterMs) return false;
    const { user, system } = process.cpuUsage(this.#used);
    this.#since += elapsedMs;
    this.#used = process.cpuUsage();
    return (user + system) / 1000 < elapsedMs * idleShare;
  }
}

type Pending = ReturnType<DuckDBPreparedStatement['start']>;

/** The package's own way to ask lends the engine the thread of JavaScript. */
function handleOf(pending: Pending): duckdb.PendingResult {
  // biome-ignore lint/complexity/useLiteralKeys: only so TypeScript lets a private field be read.
  return pending['pending_result'];
}

/** Every other state, an error too, is told by the result. */
function isRunning(pending: duckdb.PendingResult): boolean {
  const state = duckdb.pending_execute_check_state(pending);
  return state === duckdb.PendingState.RESULT_NOT_READY || state === duckdb.PendingState.NO_TASKS_AVAILABLE;
}
