import { fileURLToPath } from 'node:url';
import { KernelClient } from '../../src/kernel/client/kernelClient.js';
import { silentLogger } from '../../src/protocol/logger.js';

/** An editor in the middle of a query: tells its parent the kernel's process id, then stays. */
const modulePath = fileURLToPath(new URL('./kernelChild.js', import.meta.url));
const client = new KernelClient({ modulePath, project: 'here', logger: silentLogger });
const cells = [{ kind: 'code' as const, text: 'wait' }];
const running = client.request(
  'run cells',
  { notebook: { path: 'a.ratnb', cells }, run: [0] },
  { onEvent: async () => process.send?.(await client.processId) },
);
await running;
