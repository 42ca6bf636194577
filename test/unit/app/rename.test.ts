import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../src/app/openProject.js';
import { formatPlan } from '../../../src/cli/print/plan.js';
import { plainStyle } from '../../../src/cli/style.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import { plainFiles } from '../../support/generations.js';
import { endings, problemFrom, projectForEach, rows, runOnce } from './runs.js';

const table = (name: string, select: string): string => `CREATE TABLE ${name} AS ${select}`;

const checked = (name: string, least: number): string =>
  `-- @check: n > ${least} | drop\n${table(name, 'SELECT n::INTEGER AS n FROM range(5) r(n)')}`;

describe('a renamed table', () => {
  const project = projectForEach((temporary) => temporary.write('data/landing/a.csv', 'n\n1\n2\n'));
  const cells = (bronze: string) => [
    table(bronze, "FROM landing('a.csv')"),
    table('silver.direct', `FROM ${bronze}`),
    table('gold.above', 'FROM silver.direct'),
    table('gold.apart', 'SELECT 1 AS n'),
  ];

  beforeEach(async () => {
    project().notebook('a', ...cells('bronze.old'));
    await runOnce(project());
    project().write('data/landing/a.csv', 'n\n1\n2\n3\n');
    await runOnce(project());
    project().notebook('a', ...cells('bronze.New'));
  });

  it('is proposed by the plan with the command', () =>
    project().use(async (opened) => {
      const plan = await opened.plan({ select: [], fullRefresh: false });
      const { reason } = plan.entries.find(({ model }) => model === 'bronze.New') ?? assert.fail();
      assert.match(
        reason,
        /^it was never built; bronze\.old, .*`ratatouille rename bronze\.old bronze\.New`/,
      );
      assert.deepEqual(plan.orphans, ['bronze.old']);
      assert.doesNotMatch(formatPlan(plan, plainStyle), /clean --orphans/);
    }));

  it('is up to date, and only its readers are built', async () => {
    const { to, versions, next } = await project().use((opened) =>
      opened.rename({ from: 'bronze.old', to: 'bronze.new' }, {}),
    );
    assert.deepEqual([to, versions], ['bronze.New', [2, 1]]);
    assert.deepEqual(next, { action: 'skip', reason: 'unchanged since run 2' });
    assert.deepEqual(endings(await runOnce(project())), {
      'bronze.New': 'skipped: unchanged since run 2',
      'silver.direct': 'built: its SQL changed',
      'gold.above': 'built: silver.direct has version 3 now, it was built from 2',
      'gold.apart': 'skipped: unchanged since run 1',
    });
  });

  it('has its earlier versions and its plain file', () =>
    project().use(async (opened) => {
      await opened.rename({ from: 'BRONZE.OLD', to: 'bronze.new' }, {});
      assert.deepEqual((await rows(opened, 'FROM bronze.new')).length, 3);
      assert.deepEqual((await rows(opened, 'FROM bronze.new AT (VERSION => 1)')).length, 2);
      const bronze = plainFiles(project().root).filter((path) => path.startsWith('bronze'));
      assert.deepEqual(bronze, ['bronze/new.parquet']);
      assert.equal((await opened.restore('bronze.new', { version: 1 })).replaced, 2);
      assert.equal((await rows(opened, 'FROM bronze.new')).length, 2);
    }));

  it('is not offered under its old name, which leads to the new one', () =>
    project().use(async (opened) => {
      await opened.rename({ from: 'bronze.old', to: 'bronze.new' }, {});
      const { tables } = await opened.keptTables();
      assert.deepEqual(
        tables.map(({ name }) => name).filter((name) => name.startsWith('bronze.')),
        ['bronze.New'],
      );
      for (const call of [opened.restore('bronze.old', {}), opened.keptTables('bronze.old')]) {
        const { code, message } = await problemFrom(call);
        assert.equal(
          `${code} ${message}`,
          'restore.not-kept bronze.old was renamed: it is bronze.New now, with its versions.',
        );
      }
    }));

  it('leaves its name to another table, which is offered when it is removed', async () => {
    await project().use((opened) => opened.rename({ from: 'bronze.old', to: 'bronze.new' }, {}));
    project().notebook('a', ...cells('bronze.New'), table('bronze.old', 'SELECT 1 AS n'));
    await runOnce(project());
    project().notebook('a', ...cells('bronze.New'));
    await project().use(async (opened) => {
      await opened.clean({ orphans: true, dryRun: false });
      const { tables } = await opened.keptTables();
      assert(tables.some(({ name, removed }) => name === 'bronze.old' && removed));
      assert.equal((await opened.restore('bronze.old', {})).rows, 1);
    });
  });

  it('tells which versions it left behind', () =>
    project().use(async (opened) => {
      const versions = join(project().root, '.ratatouille', 'versions', 'bronze', 'old');
      const [first = ''] = readdirSync(versions).filter((name) => name.startsWith('000001-'));
      rmSync(join(versions, first), { recursive: true });
      const { versions: taken, problems } = await opened.rename({ from: 'bronze.old', to: 'bronze.new' }, {});
      assert.deepEqual(taken, [2]);
      assert.deepEqual(
        problems.map(({ code, severity }) => [code, severity]),
        [['lake.damaged', 'warning']],
      );
    }));

  it('has its old name when the call is cancelled at its last file', async () => {
    const controller = new AbortController();
    let links = 0;
    const link = async (from: string, to: string) => {
      await nodeFileSystem.link(from, to);
      if (to.endsWith('.parquet') && ++links === 2) controller.abort();
    };
    const fileSystem = { ...nodeFileSystem, link };
    const opened = await openProject({ directory: project().root }, { fileSystem });
    const renaming = { from: 'bronze.old', to: 'bronze.new' };
    await assert.rejects(opened.rename(renaming, { signal: controller.signal }), { name: 'AbortError' });
    const { tables, lastRun } = await opened.status();
    assert(tables.some(({ name, version }) => name === 'bronze.old' && version === 2));
    assert.equal(lastRun?.status, 'cancelled');
    const left = join(project().root, '.ratatouille', 'versions', 'bronze', 'new');
    assert.deepEqual(existsSync(left) ? readdirSync(left) : [], []);
    await opened.close();
  });

  it('leaves a record of its run', () =>
    project().use(async (opened) => {
      const { run } = await opened.rename({ from: 'bronze.old', to: 'bronze.new' }, {});
      const { lastRun } = await opened.status();
      assert.deepEqual(
        [lastRun?.run, lastRun?.status, lastRun?.selection],
        [run, 'succeeded', ['rename', 'bronze.old', 'bronze.new']],
      );
    }));
});

describe('a renamed table with a quarantine', () => {
  const project = projectForEach();

  it('keeps the rows that were dropped', async () => {
    project().notebook('a', checked('silver.old', 2));
    await runOnce(project());
    project().notebook('a', checked('silver.new', 2));
    await project().use(async (opened) => {
      await opened.rename({ from: 'silver.old', to: 'silver.new' }, {});
      assert.deepEqual(await rows(opened, "SELECT n FROM quarantine('silver.new') ORDER BY n"), [
        [0],
        [1],
        [2],
      ]);
    });
  });
});

describe('a renaming that would lose something', () => {
  const project = projectForEach();
  const one = 'SELECT 1 AS n';

  /** What the notebook says after `silver.old` was built, what is asked for, and what is answered. */
  const refusals: Readonly<Record<string, readonly [readonly string[], string, string, RegExp]>> = {
    'of no table': [
      [table('silver.new', one)],
      'silver.odl',
      'silver.new',
      /^graph\.unknown-table .*Did you mean silver\.old\?/,
    ],
    'to a name that is there': [
      [table('silver.taken', one)],
      'silver.old',
      'silver.taken',
      /^rename\.refused There is a table silver\.taken/,
    ],
    'to another layer': [[table('gold.old', one)], 'silver.old', 'gold.old', /stays in its layer/],
    'to the same name': [
      [table('silver.OLD', one)],
      'silver.old',
      'silver.OLD',
      /names compare without case/,
    ],
    'of a table that is still built': [
      [table('silver.old', one), table('silver.new', one)],
      'silver.old',
      'silver.new',
      /A model still builds silver\.old/,
    ],
    'to a name without a model': [[], 'silver.old', 'silver.new', /No model builds silver\.new/],
    'to a model with another SELECT': [
      [table('silver.new', 'SELECT 2 AS n')],
      'silver.old',
      'silver.new',
      /has another SELECT/,
    ],
    'to a view': [[`CREATE VIEW silver.new AS ${one}`], 'silver.old', 'silver.new', /has another SELECT/],
    'to what is no name': [[], 'silver.old', 'silver.a-b', /^model\.name/],
  };

  beforeEach(async () => {
    project().notebook('a', table('silver.old', one), table('silver.taken', 'SELECT 5 AS n'));
    await runOnce(project());
  });

  for (const [title, [cells, from, to, expected]] of Object.entries(refusals)) {
    it(`is refused: ${title}`, async () => {
      project().notebook('a', ...cells);
      await project().use(async (opened) => {
        const { code, message, hint } = await problemFrom(opened.rename({ from, to }, {}));
        assert.match(`${code} ${message} ${hint}`, expected);
        assert.deepEqual(await rows(opened, 'FROM silver.old'), [[1]]);
        assert.equal((await opened.status()).lastRun?.run, 1, 'no run was begun');
      });
    });
  }

  it('is refused while a notebook can’t be read', async () => {
    project().notebook('a', table('silver.new', one));
    project().write('notebooks/b.ratnb', '<<<<<<< HEAD\n');
    const refused = project().use((opened) =>
      problemFrom(opened.rename({ from: 'silver.old', to: 'silver.new' }, {})),
    );
    assert.equal((await refused).code, 'notebook.unreadable');
  });
});
