import type { KernelClient } from '../../kernel/client/kernelClient.js';
import type { KernelRegistry } from '../../kernel/client/kernelRegistry.js';

/**
 * The kernels for work that belongs to no notebook. There are three, so that a look at a table waits neither for a
 * run of an hour nor for a large file that is inspected: requests of one kernel are answered in order.
 */
export class ProjectKernels {
  constructor(private readonly kernels: KernelRegistry) {}

  /** Plans and runs. */
  pipeline(root: string): KernelClient {
    return this.kernels.kernelOf(`pipeline:${root}`, root);
  }

  /** First rows, and files that are not part of the project yet. */
  reader(root: string): KernelClient {
    return this.kernels.kernelOf(`reader:${root}`, root);
  }

  /** Reads whole files. */
  inspector(root: string): KernelClient {
    return this.kernels.kernelOf(`inspector:${root}`, root);
  }
}
