import type { KernelEvent, KernelRequests, WorkRequestName } from '../../protocol/kernel.js';
import type { Logger } from '../../protocol/logger.js';

/** What a kernel can do, whatever carries its requests. */
export interface KernelService {
  /** Where faults are told; absent: the channel alone. */
  readonly logger?: Logger;

  /** Opens the project. Called once, before anything else; throws a ProblemError when it can't be opened. */
  open(params: KernelRequests['open']['params']): Promise<KernelRequests['open']['result']>;

  /**
   * Answers to the requests that do the work. For `run cells` a failure of a cell is its outcome, never a
   * rejection; what rejects concerns the request as a whole.
   */
  readonly work: KernelWork;

  /** Ends what is open. Called once, after the running request has been aborted and has ended. */
  close(): Promise<void>;
}

export type KernelWork = {
  readonly [Name in WorkRequestName]: (
    params: KernelRequests[Name]['params'],
    context: RunContext,
  ) => Promise<KernelRequests[Name]['result']>;
};

export interface RunContext {
  /** Aborted when the person interrupts: the work ends within 200 ms and leaves nothing behind. */
  readonly signal: AbortSignal;
  readonly emit: (event: KernelEvent) => void;
}
