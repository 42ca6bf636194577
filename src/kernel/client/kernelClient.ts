import type {
  KernelEvent,
  KernelRequestName,
  KernelRequests,
  MessageFromKernel,
  MessageToKernel,
  WorkRequestName,
} from '../../protocol/kernel.js';
import type { Logger } from '../../protocol/logger.js';
import { type Problem, ProblemError, problem } from '../../protocol/problem.js';
import { forkKernel, type KernelProcess, type ProcessEnd } from './process.js';

export interface KernelClientOptions {
  /** The child's entry. */
  readonly modulePath: string;
  /** The project's root. */
  readonly project: string;
  readonly logger: Logger;
  /** How long a stopping kernel may take to end itself before it is killed, in milliseconds. */
  readonly stopGraceMs?: number;
}

export interface RequestOptions {
  /** Aborting it asks the kernel to cancel; the request still ends with the kernel's answer. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: KernelEvent) => void;
}

interface PendingRequest {
  resolve(result: unknown): void;
  reject(error: ProblemError): void;
  readonly onEvent?: ((event: KernelEvent) => void) | undefined;
}

/**
 * A kernel as its users see it: always there. Its process is started by the first request and again
 * by the first one after a death.
 */
export class KernelClient {
  #connection: KernelConnection | undefined;

  constructor(private readonly options: KernelClientOptions) {}

  /**
   * Sends a request and gives its result.
   * Throws a ProblemError: the kernel's own, `kernel.died` when the process ended first, or
   * `sql.cancelled` when `signal` was aborted before the request was sent or the kernel was stopped.
   */
  async request<Name extends WorkRequestName>(
    name: Name,
    params: KernelRequests[Name]['params'],
    options: RequestOptions = {},
  ): Promise<KernelRequests[Name]['result']> {
    const connection = this.#connect();
    await connection.opened;
    if (options.signal?.aborted) throw cancelled('It was cancelled before it started.');
    return connection.request(name, params, options);
  }

  /** The process that answers now; undefined when none is running. */
  get processId(): Promise<number> | undefined {
    return this.#connection?.opened.then(({ processId }) => processId);
  }

  /** Ends the process, gracefully at first; pending requests reject with `sql.cancelled`. The next request starts a new one. */
  async stop(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.stop();
  }

  #connect(): KernelConnection {
    if (this.#connection !== undefined) return this.#connection;
    const connection = new KernelConnection(this.options);
    const forget = () => {
      if (this.#connection === connection) this.#connection = undefined;
    };
    connection.ended.then(forget);
    connection.opened.catch(() => {
      forget();
      connection.stop();
    });
    this.#connection = connection;
    return connection;
  }
}

/** One process, from its start to its end. */
class KernelConnection {
  readonly opened: Promise<KernelRequests['open']['result']>;
  readonly ended: Promise<void>;
  readonly #process: KernelProcess;
  readonly #pending = new Map<number, PendingRequest>();
  #lastId = 0;
  #stopping = false;

  constructor(private readonly options: KernelClientOptions) {
    this.#process = forkKernel(options.modulePath, (message) => this.#receive(message));
    this.ended = this.#process.ended.then((end) => this.#end(end));
    this.opened = this.request('open', { project: options.project });
  }

  request<Name extends KernelRequestName>(
    name: Name,
    params: KernelRequests[Name]['params'],
    { signal, onEvent }: RequestOptions = {},
  ): Promise<KernelRequests[Name]['result']> {
    this.#lastId += 1;
    const id = this.#lastId;
    const cancel = () => this.#post({ id: -id, request: 'cancel', params: { request: id } });
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onEvent });
      this.#post({ id, request: name, params } as MessageToKernel);
      signal?.addEventListener('abort', cancel, { once: true });
    });
    return answer.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<
      KernelRequests[Name]['result']
    >;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#rejectAll(cancelled('The kernel was stopped.'));
    const kill = setTimeout(() => this.#process.kill(), this.options.stopGraceMs ?? 3000);
    this.#post({ id: 0, request: 'shutdown', params: null });
    await this.ended;
    clearTimeout(kill);
  }

  #post(message: MessageToKernel): void {
    this.#process.send(message);
  }

  #receive(message: MessageFromKernel): void {
    switch (message.kind) {
      case 'result':
        this.#take(message.id)?.resolve(message.result);
        return;
      case 'problem':
        this.#take(message.id)?.reject(new ProblemError(message.problem));
        return;
      case 'event':
        this.#pending.get(message.id)?.onEvent?.(message.event);
        return;
      case 'log':
        this.options.logger[message.level](message.message);
        return;
      case 'ready':
        this.options.logger.debug(`A kernel started for ${this.options.project}.`);
    }
  }

  #take(id: number): PendingRequest | undefined {
    const request = this.#pending.get(id);
    this.#pending.delete(id);
    return request;
  }

  #end(end: ProcessEnd): void {
    const death = deathProblem(end);
    if (!this.#stopping) this.options.logger.error(`${death.message} ${end.stderr}`.trim());
    this.#rejectAll(new ProblemError(death));
  }

  #rejectAll(error: ProblemError): void {
    const requests = [...this.#pending.values()];
    this.#pending.clear();
    for (const request of requests) request.reject(error);
  }
}

function deathProblem({ code, signal, stderr }: ProcessEnd): Problem {
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  return problem('kernel.died', `The kernel's process ended unexpectedly (${how}).`, {
    hint: 'Run the cell again: it starts a new kernel. Published tables are untouched.',
    ...(stderr === '' ? {} : { cause: stderr }),
  });
}

function cancelled(message: string): ProblemError {
  return new ProblemError(problem('sql.cancelled', message));
}
