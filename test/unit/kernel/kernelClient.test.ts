import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { KernelClient } from '../../../src/kernel/client/kernelClient.js';
import { KernelRegistry } from '../../../src/kernel/client/kernelRegistry.js';
import type { KernelEvent } from '../../../src/protocol/kernel.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { ProblemError } from '../../../src/protocol/problem.js';

const modulePath = fileURLToPath(new URL('../../support/kernelChild.js', import.meta.url));

describe('kernel client', () => {
  const logged: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => logged.push(message) };
  let client: KernelClient;

  function newClient(options: { project?: string; stopGraceMs?: number; modulePath?: string } = {}) {
    client = new KernelClient({ modulePath, project: 'here', logger, ...options });
    return client;
  }

  /** Runs cells whose texts say what the test kernel does, see `test/support/kernelChild.ts`. */
  function run(texts: readonly string[], signal?: AbortSignal, onEvent?: (event: KernelEvent) => void) {
    const cells = texts.map((text) => ({ kind: 'code' as const, text }));
    return client.request(
      'run cells',
      { notebook: { path: 'a.ratnb', cells }, run: texts.map((_, index) => index) },
      { ...(signal && { signal }), ...(onEvent && { onEvent }) },
    );
  }

  /** Runs a cell and resolves once it has started. */
  function startCell(text: string) {
    return new Promise<{ running: Promise<unknown> }>((resolve) => {
      const running = run([text], undefined, ({ kind }) => kind === 'cell started' && resolve({ running }));
    });
  }

  async function statuses(texts: readonly string[], signal?: AbortSignal) {
    return (await run(texts, signal)).map(({ status }) => status);
  }

  const rejectsWith = (promise: Promise<unknown>, code: string, message: RegExp) =>
    assert.rejects(promise, (error) => {
      assert(error instanceof ProblemError);
      assert.equal(error.problem.code, code);
      assert.match(`${error.problem.message} ${error.problem.cause}`, message);
      return true;
    });

  beforeEach(() => {
    logged.length = 0;
    newClient();
  });
  afterEach(() => client.stop());

  it('starts no process before the first request', () => {
    assert.equal(client.processId, undefined);
  });

  it('gives events in order, then outcomes', async () => {
    const events: string[] = [];
    const outcomes = await run(['succeed', 'succeed'], undefined, ({ kind }) => events.push(kind));
    assert.deepEqual(events, ['cell started', 'cell finished', 'cell started', 'cell finished']);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['succeeded', 'succeeded'],
    );
  });

  it('cancels the running request', async () => {
    const controller = new AbortController();
    const outcomes = run(['wait'], controller.signal, ({ kind }) => {
      if (kind === 'cell started') controller.abort();
    });
    assert.equal((await outcomes)[0]?.status, 'cancelled');
  });

  it('cancels a queued request without its start', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const running = run(['wait'], first.signal, () => {
      second.abort();
      first.abort();
    });
    const queued = rejectsWith(run(['succeed'], second.signal), 'sql.cancelled', /before it started/);
    await Promise.all([running, queued]);
  });

  it('sends nothing for an aborted signal', async () => {
    await rejectsWith(run(['be killed'], AbortSignal.abort()), 'sql.cancelled', /before it started/);
  });

  it('names the exit code of a death', async () => {
    await rejectsWith(run(['exit 7']), 'kernel.died', /exit code 7/);
  });

  it('rejects everything pending when killed', async () => {
    await Promise.all([
      rejectsWith(run(['be killed']), 'kernel.died', /SIGKILL|exit code/),
      rejectsWith(run(['succeed']), 'kernel.died', /SIGKILL|exit code/),
    ]);
  });

  it('starts a fresh process after a death', async () => {
    await run(['be killed']).catch(() => {});
    assert.deepEqual(await statuses(['succeed']), ['succeeded']);
  });

  it('answers a fault with its stack logged', async () => {
    await rejectsWith(run(['throw']), 'internal', /something of ours/);
    assert.match(logged.join('\n'), /TypeError: something of ours\n +at /);
    assert.deepEqual(await statuses(['succeed']), ['succeeded']);
  });

  it('answers an exception that nothing caught', async () => {
    await rejectsWith(run(['throw unawaited']), 'internal', /something unawaited/);
    assert.match(logged.join('\n'), /TypeError: something unawaited\n +at /);
  });

  it('tells why a project did not open', async () => {
    newClient({ project: 'missing' });
    await rejectsWith(run(['succeed']), 'project.missing', /no project/);
    await rejectsWith(run(['succeed']), 'project.missing', /no project/);
  });

  it('tells what a child that fails to load wrote', async () => {
    newClient({ modulePath: `${modulePath}.missing` });
    await rejectsWith(run(['succeed']), 'kernel.died', /Cannot find module/);
  });

  it('hands the editor’s own variables to no kernel', async () => {
    process.env.VSCODE_PID = '1';
    const message = await run(['environment']).then(String, (error: Error) => error.message);
    delete process.env.VSCODE_PID;
    const environment = JSON.parse(message) as Record<string, string>;
    assert.equal(environment.VSCODE_PID, undefined);
    assert.equal(environment.ELECTRON_RUN_AS_NODE, '1');
    assert.equal(environment.UV_THREADPOOL_SIZE, '16');
  });

  it('stops by ending what runs', async () => {
    const { running } = await startCell('wait');
    const processId = await client.processId;
    await Promise.all([rejectsWith(running, 'sql.cancelled', /stopped/), client.stop()]);
    assert.throws(() => process.kill(processId ?? 0, 0), { code: 'ESRCH' });
  });

  it('kills what does not stop', async () => {
    newClient({ stopGraceMs: 50 });
    const { running } = await startCell('wait for ever');
    await Promise.all([rejectsWith(running, 'sql.cancelled', /stopped/), client.stop()]);
  }).timeout(4000);
});

describe('kernel registry', () => {
  it('has one kernel a notebook, until it stops', async () => {
    const registry = new KernelRegistry({ modulePath, logger: silentLogger });
    const first = registry.kernelOf('a', 'here');
    assert.equal(registry.kernelOf('a', 'here'), first);
    assert.notEqual(registry.kernelOf('b', 'here'), first);
    await registry.stopAll();
    assert.notEqual(registry.kernelOf('a', 'here'), first);
  });
});
