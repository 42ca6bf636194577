import type { KernelRequests } from '../../protocol/kernel.js';
import { cancellable } from '../workspace/cancellable.js';
import type { Services } from '../workspace/services.js';
import { RunSteps } from './runSteps.js';

type ChangeName = 'restore' | 'rename';

/** Has the kernel change the lake without building anything; the trees are told whatever comes of it. */
export function changing<Name extends ChangeName>(
  { kernels, watch }: Pick<Services, 'kernels' | 'watch'>,
  root: string,
  title: string,
  name: Name,
  params: KernelRequests[Name]['params'],
): Promise<KernelRequests[Name]['result']> {
  const steps = new RunSteps();
  return cancellable(title, (signal, report) =>
    kernels.pipeline(root).request(name, params, {
      signal,
      onEvent: (event) => {
        const step = event.kind === 'run event' ? steps.next(event.event) : undefined;
        if (step !== undefined) report(step);
      },
    }),
  ).finally(() => watch.tell());
}
