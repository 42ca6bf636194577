import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type QueuedRun, RunQueue } from '../../../src/extension/execution/runQueue.js';

/** A queue and runs whose ends the test decides. */
function newQueue() {
  const events: string[] = [];
  const finish: Record<string, (next: 'continue' | 'halt') => void> = {};
  const queue = new RunQueue();
  const newRun = (name: string): QueuedRun => ({
    run: () => {
      events.push(`run ${name}`);
      return new Promise((resolve) => {
        finish[name] = resolve;
      });
    },
    drop: () => events.push(`drop ${name}`),
  });
  return { events, queue, finish, newRun };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('run queue', () => {
  it('runs one at a time, in order', async () => {
    const { events, queue, finish, newRun } = newQueue();
    queue.add(newRun('a'));
    queue.add(newRun('b'));
    assert.deepEqual(events, ['run a']);
    finish.a?.('continue');
    await settle();
    assert.deepEqual(events, ['run a', 'run b']);
  });

  it('drops what waits behind a halt', async () => {
    const { events, queue, finish, newRun } = newQueue();
    for (const name of ['a', 'b', 'c']) queue.add(newRun(name));
    finish.a?.('halt');
    await settle();
    queue.add(newRun('d'));
    assert.deepEqual(events, ['run a', 'drop b', 'drop c', 'run d']);
  });

  it('cancels a waiting run alone', async () => {
    const { events, queue, finish, newRun } = newQueue();
    const [a, b, c] = [newRun('a'), newRun('b'), newRun('c')];
    for (const run of [a, b, c]) queue.add(run);
    queue.cancel(b);
    queue.cancel(a);
    finish.a?.('continue');
    await settle();
    assert.deepEqual(events, ['run a', 'drop b', 'run c']);
  });

  it('runs or drops each run exactly once', async () => {
    const steps = fc.array(fc.constantFrom('add', 'cancel', 'clear', 'continue', 'halt'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { events, added } = await play(taken);
        assert.deepEqual(events.map((event) => event.split(' ')[1]).sort(), [...added].sort());
      }),
      { numRuns: process.env.RATATOUILLE_DEEP === '1' ? 2000 : 50 },
    );
  });
});

/** Takes steps on a new queue, then ends whatever still runs. */
async function play(steps: readonly ('add' | 'cancel' | 'clear' | 'continue' | 'halt')[]) {
  const { events, queue, finish, newRun } = newQueue();
  const runs: QueuedRun[] = [];
  const end = async (next: 'continue' | 'halt') => {
    for (const resolve of Object.values(finish)) resolve(next);
    await settle();
  };
  const actions = {
    add: () => {
      const run = newRun(`${runs.length}`);
      runs.push(run);
      queue.add(run);
    },
    cancel: () => runs.at(-1) && queue.cancel(runs.at(-1)!),
    clear: () => queue.clear(),
    continue: () => end('continue'),
    halt: () => end('halt'),
  };
  for (const step of steps) await actions[step]();
  for (const _ of runs) await end('continue');
  return { events, added: runs.map((_, index) => `${index}`) };
}
