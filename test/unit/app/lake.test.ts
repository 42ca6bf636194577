import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainFiles } from '../../support/generations.js';
import { endings, problemFrom, problems, projectForEach, rows, run, runOnce, statuses } from './runs.js';

const table = (name: string, select: string): string => `CREATE TABLE ${name} AS ${select}`;

describe('an orphan', () => {
  const project = projectForEach();

  beforeEach(async () => {
    const old = table('silver.old', 'SELECT 1 AS n');
    project().notebook('a', old, table('gold.reader', 'FROM silver.old'));
    await runOnce(project());
    project().notebook('a', table('gold.reader', 'FROM silver.old'));
  });

  it('is shown, and read with a warning', async () => {
    const record = await runOnce(project());
    assert.deepEqual([record.status, statuses(record)], ['succeeded', { 'gold.reader': 'skipped' }]);
    assert.deepEqual(problems(record), [
      'graph.orphan silver.old is an orphan: no notebook builds it any more.',
    ]);
    await project().use(async (opened) => {
      const { tables } = await opened.status();
      assert.deepEqual(
        tables.map(({ name, state }) => `${name} ${state}`),
        ['gold.reader fresh', 'silver.old orphaned'],
      );
      assert.deepEqual((await opened.plan({ select: [], fullRefresh: false })).orphans, ['silver.old']);
      assert.deepEqual(await rows(opened, 'FROM silver.old'), [[1]]);
    });
  });

  it('is uncertain while a notebook is unreadable', async () => {
    project().write('notebooks/torn.ratnb', '-- ---\n-- ratatouille: 1\n');
    await project().use(async (opened) => {
      const old = (await opened.status()).tables.find(({ name }) => name === 'silver.old');
      const said = "whether a model builds it is unknown while notebooks/torn.ratnb can't be read";
      assert.deepEqual([old?.state, old?.reason], ['unknown', said]);
    });
  });

  it('is left alone by a dry run of clean', () =>
    project().use(async (opened) => {
      const before = await opened.status();
      const report = await opened.clean({ orphans: true, dryRun: true });
      assert.deepEqual(
        report.items.map(({ kind, name }) => `${kind} ${name}`),
        ['orphaned table silver.old'],
      );
      assert.deepEqual(await opened.status(), before);
    }));

  it('is left alone without being asked for', () =>
    project().use(async (opened) => {
      assert.deepEqual((await opened.clean({ orphans: false, dryRun: false })).items, []);
      assert.equal((await opened.status()).tables.length, 2);
    }));

  it('is proposed as a rename of a model with its SELECT', async () => {
    project().notebook('a', table('silver.new', 'SELECT 1 AS n'));
    const { entries } = await project().use((opened) => opened.plan({ select: [], fullRefresh: false }));
    assert.match(
      entries[0]?.reason ?? '',
      /silver\.old, which no notebook builds any more, has the same SELECT/,
    );
  });

  it('is removed by clean', () =>
    project().use(async (opened) => {
      const report = await opened.clean({ orphans: true, dryRun: false });
      assert.deepEqual([report.dryRun, report.items.length, report.problems], [false, 1, []]);
      assert.deepEqual(
        (await opened.status()).tables.map(({ name }) => name),
        ['gold.reader'],
      );
      assert.deepEqual(plainFiles(project().root), ['silver/old.parquet', 'gold/reader.parquet'].slice(1));
      const record = await run(opened);
      assert.deepEqual(problems(record), ['graph.unknown-table There is no table silver.old.']);
    }));
});

describe('versions', () => {
  const project = projectForEach((temporary) =>
    temporary.write('ratatouille.json', '{"name": "few", "keepVersions": 2}'),
  );

  beforeEach(async () => {
    for (const n of [1, 2, 3, 4]) {
      project().notebook('a', table('silver.t', `SELECT ${n} AS n`));
      await runOnce(project());
    }
  });

  it('are kept as many as the settings say', () => {
    const kept = readdirSync(join(project().root, '.ratatouille', 'versions', 'silver', 't'));
    const numbers = new Set(kept.map((name) => name.slice(0, 6)));
    assert.deepEqual([...numbers].sort(), ['000002', '000003', '000004']);
  });

  it('are read by AT (VERSION => n)', () =>
    project().use(async (opened) => {
      const sql =
        'SELECT a.n, b.n, t.n FROM silver.t a, silver.t AS b AT (VERSION => 2), silver.t AT (VERSION => 3)';
      assert.deepEqual(await rows(opened, sql), [[4, 2, 3]]);
      assert.deepEqual(await rows(opened, 'SELECT c.m FROM silver.t c(m) AT (VERSION => 2)'), [[2]]);
    }));

  it('are named at their place when one is gone', () =>
    project().use(async (opened) => {
      const refused = async (clause: string) => {
        const found = await problemFrom(opened.query(`FROM silver.t AT (${clause})`, {}));
        const { column, endColumn } = found.place ?? {};
        return [found.code, `${column}-${endColumn}`, found.message, found.hint];
      };
      assert.deepEqual(await refused('VERSION => 1'), [
        'graph.unknown-table',
        '15-32',
        'silver.t has no version 1.',
        'Its versions are: 4, 3, 2.',
      ]);
      assert.deepEqual(await refused('TIMESTAMP => now()'), [
        'graph.unknown-table',
        '15-38',
        'AT names a version of silver.t by its number.',
        'Write AT (VERSION => 4). Its versions are: 4, 3, 2.',
      ]);
    }));

  it('are none of a view', async () => {
    project().notebook('v', 'CREATE VIEW gold.v AS FROM silver.t');
    await runOnce(project());
    const { message } = await project().use((opened) =>
      problemFrom(opened.query('FROM gold.v AT (VERSION => 1)', {})),
    );
    assert.equal(message, 'gold.v is a view, of which no version is kept.');
  });
});

describe('a selection', () => {
  const project = projectForEach((temporary) =>
    temporary.notebook(
      'a',
      table('bronze.a', 'SELECT 1 AS n'),
      'CREATE VIEW silver.v AS FROM bronze.a',
      table('silver.s', 'FROM silver.v'),
      table('gold.g', 'FROM silver.s'),
    ),
  );

  it('builds what it names alone', async () => {
    assert.deepEqual(statuses(await runOnce(project(), { select: ['+silver.v'] })), {
      'bronze.a': 'built',
      'silver.v': 'built',
    });
    assert.deepEqual(statuses(await runOnce(project(), { select: ['silver.v+'] })), {
      'silver.v': 'skipped',
      'silver.s': 'built',
      'gold.g': 'built',
    });
  });

  it('says what was never built', async () => {
    const record = await runOnce(project(), { select: ['gold.g'] });
    assert.equal(record.status, 'failed');
    assert.deepEqual(endings(record), { 'gold.g': 'blocked: silver.s was never built.' });
    const [problem] = record.models[0]?.problems ?? [];
    assert.deepEqual(
      [problem?.code, problem?.hint],
      ['graph.never-built', 'Build it first, or with this one: run the selection +gold.g.'],
    );
  });

  it('waits for tables behind a view that it leaves out', async () => {
    await runOnce(project());
    project().notebook(
      'a',
      table('bronze.a', 'SELECT 2 AS n'),
      'CREATE VIEW silver.v AS FROM bronze.a',
      table('silver.s', 'FROM silver.v'),
    );
    const record = await runOnce(project(), { select: ['bronze.a', 'silver.s'] });
    assert.deepEqual(statuses(record), { 'bronze.a': 'built', 'silver.s': 'built' });
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM silver.s')), [[2]]);
  });

  it('of nothing is refused before a run begins', () =>
    project().use(async (opened) => {
      assert.equal((await problemFrom(run(opened, { select: ['gold.x'] }))).code, 'selection.unknown');
      assert.equal((await opened.status()).lastRun, undefined);
    }));
});

describe('a quarantine', () => {
  const project = projectForEach((temporary) =>
    temporary.notebook(
      'a',
      `-- @check: n > 2 | drop\n${table('silver.t', 'SELECT n::INTEGER AS n FROM range(5) r(n)')}`,
      table('silver.clean', 'SELECT 1 AS n'),
      table('gold.lost', "SELECT count(*) AS lost FROM quarantine('silver.t')"),
    ),
  );

  it('is read as a table, empty where nothing was dropped', async () => {
    const record = await runOnce(project());
    assert.deepEqual(
      record.models.map(({ model, dropped }) => `${model} ${dropped}`),
      ['silver.t 3', 'silver.clean 0', 'gold.lost 0'],
    );
    await project().use(async (opened) => {
      assert.deepEqual(await rows(opened, "SELECT n FROM quarantine('silver.t') ORDER BY n"), [
        [0],
        [1],
        [2],
      ]);
      assert.deepEqual(await rows(opened, "SELECT q.n FROM quarantine('Silver.T') AS q WHERE q.n > 1"), [
        [2],
      ]);
      assert.deepEqual(await rows(opened, "FROM quarantine('silver.clean')"), []);
      assert.deepEqual(await rows(opened, 'FROM gold.lost'), [[3]]);
    });
  });

  it('is an input of the models that read it', async () => {
    await runOnce(project());
    const cells = [
      `-- @check: n > 3 | drop\n${table('silver.t', 'SELECT n::INTEGER AS n FROM range(5) r(n)')}`,
      table('silver.clean', 'SELECT 1 AS n'),
      table('gold.lost', "SELECT count(*) AS lost FROM quarantine('silver.t')"),
    ];
    project().notebook('a', ...cells);
    assert.deepEqual(statuses(await runOnce(project())), {
      'silver.t': 'built',
      'silver.clean': 'skipped',
      'gold.lost': 'built',
    });
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM gold.lost')), [[4]]);
  });

  it('of no table is an error', () =>
    project().use(async (opened) => {
      await run(opened);
      assert.equal(
        (await problemFrom(opened.query("FROM quarantine('silver.x')", {}))).code,
        'graph.unknown-table',
      );
    }));
});

describe('outside files', () => {
  const project = projectForEach((temporary) => {
    temporary.write('rates/a {1}.csv', 'n\n1\n');
    temporary.notebook(
      'a',
      table('bronze.rates', "FROM read_csv('rates/a {1}*.csv')"),
      "CREATE TABLE bronze.one AS FROM 'rates/a {1}.csv'",
    );
  });

  it('are read from the project’s folder, wherever the program runs', async () => {
    const record = await runOnce(project());
    assert.deepEqual(endings(record), {
      'bronze.rates': 'built: it was never built',
      'bronze.one': 'built: it was never built',
    });
  });

  it('rebuild their readers when they change', async () => {
    await runOnce(project());
    assert.deepEqual(Object.values(statuses(await runOnce(project()))), ['skipped', 'skipped']);
    project().write('rates/a {1}.csv', 'n\n2\n');
    assert.deepEqual(endings(await runOnce(project())), {
      'bronze.rates': 'built: rates/a {1}.csv changed',
      'bronze.one': 'built: rates/a {1}.csv changed',
    });
  });
});

describe('a frozen project', () => {
  const project = projectForEach((temporary) => {
    temporary.write('data/landing/a.csv', 'n\n1\n2\n');
    temporary.notebook('a', table('bronze.a', "FROM landing('a.csv')"));
  });

  it('refuses a landing without a contract, and writes none', async () => {
    const record = await project().use((opened) => run(opened), { frozen: true });
    assert.deepEqual([record.status, record.models[0]?.problems[0]?.code], ['failed', 'landing.frozen']);
    assert.equal(existsSync(join(project().root, 'contracts')), false);
  });

  it('runs on the contracts that are there', async () => {
    assert.equal((await runOnce(project())).status, 'succeeded');
    project().write('data/landing/a.csv', 'n\n3\n');
    const record = await project().use((opened) => run(opened), { frozen: true });
    assert.deepEqual(endings(record), { 'bronze.a': 'built: a.csv is changed in a.csv' });
  });
});

describe('a pattern that matches no notebook', () => {
  const project = projectForEach((temporary) => {
    temporary.notebook('a', table('bronze.a', 'SELECT 1 AS n'));
    temporary.write('ratatouille.json', '{ "name": "test", "notebooks": "nb/*.ratnb" }');
  });
  const said = 'project.no-notebooks The pattern nb/*.ratnb matches no notebook.';

  for (const [frozen, status, severity] of [
    [false, 'succeeded', 'warning'],
    [true, 'failed', 'error'],
  ] as const) {
    it(`is told as ${severity} when ${frozen ? '' : 'not '}frozen`, () =>
      project().use(
        async (opened) => {
          const record = await run(opened);
          assert.deepEqual([record.status, problems(record)], [status, [said]]);
          const plan = await opened.plan({ select: [], fullRefresh: false });
          assert.equal(plan.problems[0]?.severity, severity);
        },
        { frozen },
      ));
  }

  it('makes no table an orphan to clean', () =>
    project().use((opened) =>
      assert.rejects(opened.clean({ orphans: true, dryRun: true }), /matches no notebook/),
    ));
});
