import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileSystem } from '../../../src/lake/fileSystem.js';
import { describeHolder, LeaseFile } from '../../../src/lake/leaseFile.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import { localProcesses } from '../../../src/lake/processes.js';
import { Silence } from '../../../src/lake/silence.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import { without } from '../../support/faultyFileSystem.js';
import { startChild } from './children.js';
import { afterBoot, contentOf, lakeAt, publish, removeRoots, temporaryRoot, writing } from './lakeFixture.js';

const quickTimes = { beatMs: 50, silenceMs: 400, lookMs: 20 };

const codeOf = (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error));

describe('the lease', () => {
  afterEach(removeRoots);

  it('refuses a second writer that does not wait', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, async () => {
      const refusal = await lake.openWriter({ wait: false }).catch((error: unknown) => error);
      assert.equal(codeOf(refusal), 'lake.busy');
      assert.match(String(refusal), new RegExp(`process ${process.pid} on `));
    });
    await writing(lake, async () => {});
  });

  it('lets a second writer wait for the first', async () => {
    const lake = lakeAt(temporaryRoot(), { leaseTimes: { ...quickTimes, silenceMs: 60_000 } });
    const first = await lake.openWriter();
    const waiting: string[] = [];
    const second = lake.openWriter({ onWaiting: (holder) => waiting.push(holder) });
    while (waiting.length === 0) await delay(5);
    assert.deepEqual(waiting, [await lake.holder()]);
    await first.close();
    await (await second).close();
    assert.equal(await lake.holder(), undefined);
  });

  it('stops waiting when it is cancelled', async () => {
    const lake = lakeAt(temporaryRoot());
    const cancel = new AbortController();
    await writing(lake, async () => {
      const waiting = lake.openWriter({ signal: cancel.signal, onWaiting: () => cancel.abort() });
      assert.equal(await waiting.catch(codeOf), 'sql.cancelled');
    });
  });

  it('never makes a reader wait', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, async (writer) => {
      await publish(writer, { 'gold.a': 'a' });
      assert.equal(await contentOf(lake, 'gold.a'), 'a\n');
    });
  });

  it('of a killed holder is taken over at once', async () => {
    const root = temporaryRoot();
    const child = startChild('hold', root);
    await child.line();
    child.process.kill('SIGKILL');
    await child.end();
    assert.equal(await lakeAt(root).holder(), undefined);
    await (await lakeAt(root).openWriter({ wait: false })).close();
  });

  it('of a machine’s earlier start is taken over at once', async () => {
    const root = temporaryRoot();
    await lakeAt(root, { processes: afterBoot(1) }).openWriter();
    await (await lakeAt(root, { processes: afterBoot(2) }).openWriter({ wait: false })).close();
  });

  for (const [title, text] of [
    ['of another host', JSON.stringify({ host: 'elsewhere', pid: 1, token: 'x', since: '' })],
    ['that was written by half', '{"host":'],
  ] as const) {
    it(`${title} is taken over after silence only`, async () => {
      const lake = lakeAt(temporaryRoot(), { leaseTimes: { ...quickTimes, silenceMs: 100 } });
      await writing(lake, async () => {});
      writeFileSync(lake.layout.lease, text);
      assert.equal(await lake.openWriter({ wait: false }).catch(codeOf), 'lake.busy');
      await writing(lake, async () => {});
    });
  }

  it('of another host is respected while it beats', async () => {
    const root = temporaryRoot();
    const self = async () => ({ host: 'elsewhere', pid: 1 });
    const far = lakeAt(root, { leaseTimes: quickTimes, processes: { self, isGone: async () => false } });
    const holder = await far.openWriter();
    const waiting = lakeAt(root, { leaseTimes: quickTimes }).openWriter();
    await delay(3 * quickTimes.silenceMs);
    assert.equal(holder.lease.lost, false);
    await holder.close();
    await (await waiting).close();
  });

  it('of a sleeper is lost, and the sleeper can not commit', async () => {
    const root = temporaryRoot();
    const child = startChild('hold', root);
    await child.line();
    child.process.kill('SIGSTOP');
    const lake = lakeAt(root, { leaseTimes: quickTimes });
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'of the waker' }));
    child.process.kill('SIGCONT');
    child.process.stdin?.write('publish\n');
    assert.deepEqual(await child.end(), ['lake.conflict']);
    assert.equal(await contentOf(lake, 'gold.a'), 'of the waker\n');
    await writing(lake, async () => {});
    assert.equal(readdirSync(lake.layout.leases).length, 0);
  });

  it('goes to one of many observers at a time', async () => {
    const root = temporaryRoot();
    const child = startChild('hold', root);
    await child.line();
    child.process.kill('SIGKILL');
    await child.end();
    let writers = 0;
    const one = () =>
      writing(
        lakeAt(root, { leaseTimes: { ...quickTimes, silenceMs: 60_000, lookMs: 1 } }),
        async (writer) => {
          writers += 1;
          assert.equal(writers, 1);
          await publish(writer, { 'gold.a': 'a' });
          writers -= 1;
        },
      );
    await Promise.all(Array.from({ length: 8 }, one));
    assert.equal((await lakeAt(root).manifest()).tables['gold.a']?.version.version, 8);
  });

  it('of a third is put back by a late observer', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await writing(lake, async () => {});
    const rename: FileSystem['rename'] = async (from, to) => {
      writeFileSync(from, 'of a third');
      await nodeFileSystem.rename(from, to);
    };
    const context = { layout: lake.layout, fileSystem: { ...nodeFileSystem, rename }, logger: silentLogger };
    writeFileSync(lake.layout.lease, 'of the dead');
    await new LeaseFile({ ...context, processes: localProcesses(), clock: () => new Date() }).remove(
      'of the dead',
    );
    assert.equal(readFileSync(lake.layout.lease, 'utf8'), 'of a third');
  });

  it('gives a host and a container one line of history', async () => {
    const root = temporaryRoot();
    const children = [startChild('take', root, '6@host'), startChild('take', root, '6@container')];
    await Promise.all(children.map((child) => child.end()));
    const { generation, tables } = await lakeAt(root).manifest();
    assert.deepEqual([generation, tables['gold.shared']?.version.version], [12, 12]);
  });

  it('of a killed process in a container is taken over after silence only', async () => {
    const root = temporaryRoot();
    const child = startChild('hold', root, '@container');
    await child.line();
    child.process.kill('SIGKILL');
    await child.end();
    const lake = lakeAt(root, { leaseTimes: quickTimes });
    const refusal = await lake.openWriter({ wait: false }).catch((error: unknown) => String(error));
    assert.match(String(refusal), /process \d+ on container/);
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'of the host' }));
    assert.equal(await contentOf(lake, 'gold.a'), 'of the host\n');
  });

  it('gives two processes one line of history', async () => {
    const root = temporaryRoot();
    const children = [startChild('take', root, '6'), startChild('take', root, '6')];
    await Promise.all(children.map((child) => child.end()));
    const manifest = await lakeAt(root).manifest();
    assert.equal(manifest.tables['gold.shared']?.version.version, 12);
    assert.equal(manifest.generation, 12);
  });
});

describe('a writer that sleeps just before its commit', () => {
  afterEach(removeRoots);

  /** Publishes, and lets `meanwhile` happen between the last look at the lease and the commit. */
  async function sleepBeforeCommit(
    root: string,
    commits: 'link' | 'create',
    meanwhile: () => Promise<void>,
  ): Promise<unknown> {
    let slept = false;
    const system = commits === 'link' ? nodeFileSystem : without(nodeFileSystem, 'link');
    const commit = async (first: string, second: string) => {
      const path = commits === 'link' ? second : first;
      if (/manifests.*json$/.test(path) && !slept) {
        slept = true;
        await meanwhile();
      }
      await system[commits](first, second);
    };
    const sleeper = lakeAt(root, { processes: afterBoot(1), fileSystem: { ...system, [commits]: commit } });
    return writing(sleeper, (writer) => publish(writer, { 'gold.a': 'of the sleeper' })).catch(codeOf);
  }

  for (const commits of ['link', 'create'] as const) {
    it(`finds its generation taken by whoever took over (${commits})`, async () => {
      const root = temporaryRoot();
      const waker = lakeAt(root, { processes: afterBoot(2) });
      assert.equal(
        await sleepBeforeCommit(root, commits, () => writing(waker, async () => {})),
        'lake.conflict',
      );
      assert.deepEqual((await waker.manifest()).tables, {});
    });

    it(`finds its generation passed after many others (${commits})`, async () => {
      const root = temporaryRoot();
      const waker = lakeAt(root, { processes: afterBoot(2), retention: { generations: 2 } });
      const outcome = await sleepBeforeCommit(root, commits, async () => {
        for (const text of ['1', '2', '3', '4']) {
          await writing(waker, (writer) => publish(writer, { 'gold.b': text }));
        }
      });
      assert.equal(outcome, 'lake.conflict');
      assert.deepEqual(Object.keys((await waker.manifest()).tables), ['gold.b']);
      assert.equal((await waker.generations()).includes(1), false);
    });
  }
});

describe('silence', () => {
  it('adds up while the sign stays and starts anew when it changes', () => {
    const silence = new Silence(10);
    const heard = (
      [
        ['a', 0],
        ['a', 8],
        ['a', 16],
        ['b', 20],
        ['b', 25],
      ] as const
    ).map(([sign, now]) => silence.observe(sign, now));
    assert.deepEqual(heard, [0, 8, 16, 0, 5]);
  });

  it('does not count the observer’s own sleep', () => {
    const silence = new Silence(10);
    silence.observe('a', 0);
    assert.equal(silence.observe('a', 3_600_000), 10);
  });
});

describe('processes', () => {
  const processes = localProcesses();

  it('know a process that ended from one that lasts', async () => {
    const self = await processes.self();
    const child = startChild('none', '');
    await child.end();
    assert.equal(await processes.isGone(self), false);
    assert.equal(await processes.isGone({ ...self, pid: child.process.pid ?? 0 }), true);
  });

  it('know a later process with the same id where the platform tells', async () => {
    const self = await processes.self();
    assert.equal(self.started !== undefined, process.platform === 'linux');
    if (self.started !== undefined) assert.equal(await processes.isGone({ ...self, started: '1' }), true);
  });

  it('claim nothing of other hosts and containers', async () => {
    const gone = { ...(await processes.self()), pid: 2 ** 22 + 1 };
    assert.equal(await processes.isGone(gone), true);
    assert.equal(await processes.isGone({ ...gone, host: 'elsewhere' }), false);
    assert.equal(await processes.isGone({ ...gone, namespace: 'pid:[1]' }), false);
  });

  it('are named as a person knows them', () => {
    assert.equal(describeHolder('{"host":"laptop","pid":7,"token":"x"}'), 'process 7 on laptop');
    assert.equal(describeHolder('{'), 'an unknown process');
  });
});

describe('a lake whose writer is killed', () => {
  afterEach(removeRoots);

  it('has whole batches at any moment', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    const rounds = process.env.RATATOUILLE_DEEP === '1' ? 200 : 10;
    let [next, before]: [number, string | undefined] = [0, undefined];
    for (let round = 0; round < rounds; round += 1) {
      const child = startChild('loop', root, String(next));
      await child.line();
      await delay(Math.random() * 60);
      child.process.kill('SIGKILL');
      const said = await child.end();
      const done = said
        .filter((line) => line.startsWith('done'))
        .at(-1)
        ?.slice('done '.length);
      const [a, b] = [await contentOf(lake, 'gold.a'), await contentOf(lake, 'gold.b')];
      assert.equal(a, b);
      const allowed: readonly (string | undefined)[] =
        done === undefined ? [before, `${next}\n`] : [`${done}\n`, `${Number(done) + 1}\n`];
      assert(allowed.includes(a), `${a} is not of ${allowed}`);
      await writing(lake, async () => {});
      if (a !== undefined)
        assert.equal(readFileSync(lake.layout.plain({ layer: 'gold', table: 'a' }, 'file'), 'utf8'), a);
      assert.deepEqual(await lake.checkPlainNames(await lake.manifest()), []);
      next = Number(done ?? next) + 2;
      before = a;
    }
    assert(next > 0);
  });
});
