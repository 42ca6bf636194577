import assert from 'node:assert/strict';
import type { KernelChannel } from '../../../src/kernel/host/channel.js';
import { serve } from '../../../src/kernel/host/serve.js';
import type { KernelService } from '../../../src/kernel/host/service.js';
import type { MessageFromKernel } from '../../../src/protocol/kernel.js';
import { silentLogger } from '../../../src/protocol/logger.js';

/** Asks a kernel for the status, which it answers by a fault of ours. */
function answerOf(logger: KernelService['logger']): Promise<MessageFromKernel> {
  const service = {
    ...(logger && { logger }),
    open: () => assert.fail('open was called'),
    work: { status: () => Promise.reject(new TypeError('no status')) } as unknown as KernelService['work'],
    close: () => Promise.resolve(),
  };
  return new Promise((resolve) => {
    const channel: KernelChannel = {
      send: async (message) => void (message.kind === 'problem' && resolve(message)),
      onMessage: (listener) => listener({ request: 'status', id: 1, params: null }),
      onDisconnect: () => {},
      onCrash: () => {},
      exit: () => {},
    };
    serve(service, channel, silentLogger);
  });
}

describe('a fault in the kernel', () => {
  it('is in the log of the open project, which is named', async () => {
    const logged: unknown[] = [];
    const error = (_message: string, fault?: unknown) => void logged.push(fault);
    const answer = await answerOf({ ...silentLogger, error, file: '.ratatouille/logs/0002.jsonl' });
    assert(answer.kind === 'problem');
    assert.match(answer.problem.message, /fault of its own: no status/);
    assert.match(answer.problem.hint ?? '', /\.ratatouille\/logs\/0002\.jsonl/);
    assert.match(String(logged), /^TypeError: no status$/);
  });

  it('sends to the output channel before a project is open', async () => {
    const answer = await answerOf(undefined);
    assert(answer.kind === 'problem');
    assert.match(answer.problem.hint ?? '', /output channel/);
  });
});
