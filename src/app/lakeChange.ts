import type { PipelineContext } from '../pipeline/context.js';
import { PipelineRun } from '../pipeline/run.js';
import type { RunEvent, RunRecord } from '../protocol/run.js';

/** How a change of the lake that builds nothing is watched and cancelled. */
export interface ChangeOptions {
  /** Aborting before it is made rejects, and nothing is changed. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Changes the lake as a run of its own: with the lease, a number and a record. What `work` throws ends the run
 * as failed, or as cancelled, and is thrown on.
 * @param what the words of the command, kept in the record
 */
export async function changeLake<T>(
  context: PipelineContext,
  what: readonly string[],
  { signal = new AbortController().signal, onEvent = () => {} }: ChangeOptions,
  work: (run: PipelineRun) => Promise<T>,
): Promise<{ readonly result: T; readonly record: RunRecord }> {
  const run = await PipelineRun.begin(context, { selection: what, wait: true, signal, onEvent });
  let result: T;
  try {
    result = await work(run);
    run.complete();
  } catch (error) {
    await run.finish(error);
    throw error;
  }
  return { result, record: await run.finish() };
}
