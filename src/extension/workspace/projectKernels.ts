import type { KernelClient } from '../../kernel/client/kernelClient.js';
import type { KernelRegistry } from '../../kernel/client/kernelRegistry.js';

/**
 * The kernels for work that belongs to no notebook. There are two, so that a look at a table does not wait
 * for a run of an hour: requests of one kernel are answered in order.
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
}
