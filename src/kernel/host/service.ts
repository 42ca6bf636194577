import type { CellOutcome, KernelEvent, KernelRequests } from '../../protocol/kernel.js';

/** What a kernel can do, whatever carries its requests. */
export interface KernelService {
  /** Opens the project. Called once, before anything else; throws a ProblemError when it can't be opened. */
  open(params: KernelRequests['open']['params']): Promise<KernelRequests['open']['result']>;

  /**
   * Runs cells as one run and gives an outcome for each, in the order of `params.run`.
   * A failure of a cell is its outcome, never a rejection; what rejects concerns the run as a whole.
   */
  runCells(
    params: KernelRequests['run cells']['params'],
    context: RunContext,
  ): Promise<readonly CellOutcome[]>;

  /** Ends what is open. Called once, after the running request has been aborted and has ended. */
  close(): Promise<void>;
}

export interface RunContext {
  /** Aborted when the person interrupts: the run ends within 200 ms and leaves nothing behind. */
  readonly signal: AbortSignal;
  readonly emit: (event: KernelEvent) => void;
}
