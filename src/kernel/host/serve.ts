import { faultProblem } from '../../protocol/fault.js';
import type { KernelEvent, MessageToKernel, WorkRequestName } from '../../protocol/kernel.js';
import type { Logger } from '../../protocol/logger.js';
import { type Problem, ProblemError, problem } from '../../protocol/problem.js';
import type { KernelChannel } from './channel.js';
import type { KernelService, RunContext } from './service.js';

/** How long a run may take to end itself when the kernel is told to end. */
const closeGraceMs = 5000;

type WorkMessage = Extract<MessageToKernel, { readonly request: WorkRequestName }>;

/**
 * Answers the requests of a channel with a service: in order, but `cancel` and `shutdown` at once.
 *
 * Invariant: every request gets exactly one answer while the channel lives, or the editor's cell never ends.
 */
export function serve(service: KernelService, channel: KernelChannel, logger: Logger): void {
  new KernelHost(service, channel, logger).start();
}

class KernelHost {
  readonly #unanswered = new Map<number, AbortController>();
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly service: KernelService,
    private readonly channel: KernelChannel,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.channel.onMessage((message) => this.#receive(message as MessageToKernel));
    this.channel.onDisconnect(() => this.#end());
    this.channel.onCrash((error) => this.#crash(error));
    this.channel.send({ kind: 'ready' });
  }

  #receive(message: MessageToKernel): void {
    switch (message.request) {
      case 'cancel':
        this.#unanswered.get(message.params.request)?.abort();
        this.channel.send({ kind: 'result', id: message.id, result: null });
        return;
      case 'shutdown':
        this.#end(message.id);
        return;
      case 'open':
        this.#enqueue(message.id, () => this.service.open(message.params));
        return;
      default:
        this.#enqueue(message.id, (signal) => this.#work(message, signal));
    }
  }

  async #work(message: WorkMessage, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw new ProblemError(problem('sql.cancelled', 'Cancelled before it started.'));
    const { id, request, params } = message;
    const emit = (event: KernelEvent) => {
      this.channel.send({ kind: 'event', id, event });
    };
    // Each name goes with its own parameters; the compiler can't follow the pairing through the lookup.
    const answer = this.service.work[request] as
      | ((params: unknown, context: RunContext) => Promise<unknown>)
      | undefined;
    if (answer === undefined) throw new Error(`The kernel has no answer to “${request}”.`);
    return answer(params, { signal, emit });
  }

  #enqueue(id: number, answer: (signal: AbortSignal) => Promise<unknown>): void {
    const controller = new AbortController();
    this.#unanswered.set(id, controller);
    this.#queue = this.#queue.then(() => this.#answer(id, () => answer(controller.signal)));
  }

  async #answer(id: number, answer: () => Promise<unknown>): Promise<void> {
    try {
      const result = await answer();
      this.channel.send({ kind: 'result', id, result });
    } catch (error) {
      this.channel.send({ kind: 'problem', id, problem: this.#toProblem(error) });
    } finally {
      this.#unanswered.delete(id);
    }
  }

  #toProblem(error: unknown): Problem {
    if (error instanceof ProblemError) return error.problem;
    return faultProblem(
      error,
      this.#log,
      'See the Ratatouille output channel for details, and please report it.',
    );
  }

  get #log(): Logger {
    return this.service.logger ?? this.logger;
  }

  /** Aborts what runs, waits for its end, closes the service and ends the process; no orphan outlives the grace time. */
  async #end(request?: number): Promise<void> {
    setTimeout(() => this.channel.exit(), closeGraceMs);
    for (const controller of this.#unanswered.values()) controller.abort();
    await this.#queue;
    try {
      await this.service.close();
    } catch (error) {
      this.#log.error('The kernel could not close what was open.', error);
    }
    if (request !== undefined) await this.channel.send({ kind: 'result', id: request, result: null });
    this.channel.exit();
  }

  /** The state behind an uncaught exception is unknown: whoever waits is told, and the next request gets a fresh process. */
  async #crash(error: unknown): Promise<void> {
    const fault = this.#toProblem(error);
    await Promise.all(
      [...this.#unanswered.keys()].map((id) => this.channel.send({ kind: 'problem', id, problem: fault })),
    );
    this.channel.exit();
  }
}
