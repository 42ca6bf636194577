import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const parentPath = fileURLToPath(new URL('../../support/kernelParent.js', import.meta.url));

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

describe('kernel process', () => {
  it('ends itself when its parent is killed', async () => {
    const parent = fork(parentPath);
    const [kernelId] = (await once(parent, 'message')) as [number];
    assert(isAlive(kernelId));
    parent.kill('SIGKILL');
    while (isAlive(kernelId)) await sleep(20);
  }).timeout(15_000);
});
