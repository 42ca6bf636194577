import { KernelClient, type KernelClientOptions } from './kernelClient.js';

/**
 * One kernel for each running notebook, so that a crash, a restart or a long query in one never
 * reaches another.
 */
export class KernelRegistry {
  readonly #kernels = new Map<string, KernelClient>();

  constructor(private readonly options: Pick<KernelClientOptions, 'modulePath' | 'logger'>) {}

  /** The kernel of a notebook; its process starts with the first request. */
  kernelOf(notebook: string, project: string): KernelClient {
    const known = this.#kernels.get(notebook);
    if (known !== undefined) return known;
    const kernel = new KernelClient({ ...this.options, project });
    this.#kernels.set(notebook, kernel);
    return kernel;
  }

  /** Ends the kernel of a notebook, if it has one. */
  async stop(notebook: string): Promise<void> {
    const kernel = this.#kernels.get(notebook);
    this.#kernels.delete(notebook);
    await kernel?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#kernels.keys()].map((notebook) => this.stop(notebook)));
  }
}
