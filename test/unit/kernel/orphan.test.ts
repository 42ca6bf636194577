import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const parentPath = fileURLToPath(new URL('../../support/kernelParent.js', import.meta.url));

/** A process that ended but that its new parent has not yet collected (`Z`) is not alive. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return process.platform !== 'linux' || !readFileSync(`/proc/${processId}/stat`, 'utf8').includes(') Z ');
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
