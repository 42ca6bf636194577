import assert from 'node:assert/strict';
import type { KeptTablesReport, RenameReport, RestoreReport } from '../../../../src/protocol/tableHistory.js';
import { call, startCall } from '../commandLine.js';
import { fakeProject } from '../fakeProject.js';

const version = { rows: 1204, bytes: 20_480, run: 4, publishedAt: '2026-01-05T08:00:00.000Z' };

const kept: KeptTablesReport = {
  format: 1,
  tables: [
    {
      name: 'gold.old',
      form: 'table',
      removed: true,
      versions: [{ ...version, version: 2, current: false }],
    },
    {
      name: 'silver.sales',
      form: 'table',
      removed: false,
      versions: [
        { ...version, version: 3, current: true },
        { ...version, version: 2, current: false },
      ],
    },
  ],
  problems: [],
};

const restored: RestoreReport = {
  format: 1,
  run: 9,
  table: 'silver.sales',
  form: 'table',
  version: 2,
  rows: 1204,
  replaced: 3,
  next: { action: 'build', reason: 'its SQL changed' },
  problems: [],
};

const renamed: RenameReport = {
  format: 1,
  run: 9,
  from: 'silver.old',
  to: 'silver.sales',
  versions: [3, 2],
  next: { action: 'skip', reason: 'unchanged since run 4' },
  problems: [],
};

describe('ratatouille restore', () => {
  const seen: unknown[] = [];
  const { parts } = fakeProject({
    keptTables: async (table) => {
      seen.push(['list', table]);
      return kept;
    },
    restore: async (table, { version: wanted }) => {
      seen.push(['restore', table, wanted]);
      return restored;
    },
  });
  beforeEach(() => seen.splice(0));

  it('tells what is current and what the next run does', async () => {
    const { code, stdout } = await call(['restore', 'silver.sales', '--version', '2'], { parts });
    assert.equal(code, 0);
    assert.match(
      stdout,
      /silver\.sales is at version 2 again: 1,204 rows\. Version 3 is kept: ratatouille restore silver\.sales --version 3\n/,
    );
    assert.match(stdout, /The next run builds it again: its SQL changed\.\n$/);
    assert.deepEqual(seen, [['restore', 'silver.sales', 2]]);
  });

  it('lists what is kept, also without a table', async () => {
    const { stdout } = await call(['restore'], { parts });
    assert.match(stdout, /^gold\.old +2 +1,204 +20\.5 kB +4 +2026-01-05T08:00:00\.000Z +removed$/m);
    assert.match(stdout, /^silver\.sales +3 .* current$/m);
    assert.match(stdout, /ratatouille restore gold\.old --version 2 brings it back\.\n$/);
    await call(['restore', 'gold.old', '--list'], { parts });
    assert.deepEqual(seen, [
      ['list', undefined],
      ['list', 'gold.old'],
    ]);
  });

  it('refuses a version where it would mean nothing', async () => {
    for (const argv of [
      ['restore', '--version', '3'],
      ['restore', 'gold.old', '--version', '3', '--list'],
    ]) {
      const { code, stderr } = await call(argv, { parts });
      assert.equal(code, 2);
      assert.match(stderr, /^error cli\.usage: /);
    }
    assert.deepEqual(seen, []);
  });

  it('says of which table nothing is kept', async () => {
    const { parts: empty } = fakeProject({
      keptTables: async () => ({ format: 1, tables: [], problems: [] }),
    });
    const { stdout } = await call(['restore', 'gold.w', '--list'], { parts: empty });
    assert.equal(stdout, 'No earlier version of gold.w is kept.\n');
    assert.match((await call(['restore'], { parts: empty })).stdout, /^There is nothing to restore/);
  });

  it('prints one JSON document', async () => {
    assert.deepEqual(JSON.parse((await call(['restore', '--json'], { parts })).stdout), kept);
    assert.deepEqual(
      JSON.parse((await call(['restore', 'silver.sales', '--json'], { parts })).stdout),
      restored,
    );
  });
});

describe('ratatouille rename', () => {
  const { parts } = fakeProject({
    rename: async (renaming) => {
      assert.deepEqual(renaming, { from: 'silver.old', to: 'silver.sales' });
      return renamed;
    },
  });

  it('tells what moved and what the next run does', async () => {
    const { stdout } = await call(['rename', 'silver.old', 'silver.sales'], { parts });
    assert.match(stdout, /silver\.old is silver\.sales now, with 2 versions\.\n/);
    assert.match(stdout, /The next run leaves it as it is: unchanged since run 4\.\n$/);
  });

  it('prints its report as JSON', async () => {
    const { stdout } = await call(['rename', 'silver.old', 'silver.sales', '--json'], { parts });
    assert.deepEqual(JSON.parse(stdout), renamed);
  });
});

describe('Ctrl-C', () => {
  const untilAborted = ({ signal }: { readonly signal?: AbortSignal }) => {
    began();
    return new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  };
  let began = () => {};
  const { parts } = fakeProject({
    clean: untilAborted,
    restore: (_, options) => untilAborted(options),
    rename: (_, options) => untilAborted(options),
  });

  for (const argv of [['clean'], ['restore', 'gold.a'], ['rename', 'gold.a', 'gold.b']]) {
    it(`ends ${argv[0]} with 130`, async () => {
      const begun = new Promise<void>((resolve) => {
        began = resolve;
      });
      const running = startCall(argv, { parts });
      await begun;
      running.interrupt();
      const { code, listeners } = await running.result;
      assert.deepEqual([code, listeners], [130, 0]);
    });
  }
});
