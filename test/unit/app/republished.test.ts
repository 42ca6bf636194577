import assert from 'node:assert/strict';
import type { OpenedProject } from '../../../src/app/openedProject.js';
import { openProject } from '../../../src/app/openProject.js';
import { openLake } from '../../../src/lake/lake.js';
import type { RunRecord } from '../../../src/protocol/run.js';
import { type TemporaryProject, temporaryProject } from '../../support/temporaryProject.js';

const everything = { select: [], fullRefresh: false, wait: true };

describe('what is published anew', () => {
  let project: TemporaryProject;
  let opened: OpenedProject;
  beforeEach(async () => {
    project = temporaryProject();
    opened = await openProject({ directory: project.root });
  });
  afterEach(async () => {
    await opened.close();
    project.remove();
  });

  const run = (): Promise<RunRecord> => opened.run(everything);
  const value = async (sql: string): Promise<unknown> => (await opened.query(sql, {})).rows[0]?.[0];
  const runCell = async (text: string): Promise<void> => {
    const session = opened.openNotebook();
    const notebook = { path: 'notebooks/x.ratnb', cells: [{ kind: 'code', text }] } as const;
    const [outcome] = await session.runCells(
      { notebook, run: [0] },
      { signal: new AbortController().signal, emit: () => {} },
    );
    await session.close();
    assert.deepEqual(outcome?.problems, []);
  };

  it('is seen by readers of a table dropped and made again', async () => {
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS x;', 'CREATE TABLE gold.g AS FROM bronze.a;');
    await run();
    await runCell('DROP TABLE bronze.a');
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 2 AS x;', 'CREATE TABLE gold.g AS FROM bronze.a;');
    const { models } = await run();
    assert.deepEqual(
      models.map(({ status }) => status),
      ['built', 'built'],
    );
    assert.equal(await value('FROM gold.g'), 2);
  });

  it('is not read through a view that nobody builds', async () => {
    const view = 'CREATE VIEW silver.v AS FROM bronze.a;';
    project.notebook(
      'a',
      'CREATE TABLE bronze.a AS SELECT 1 AS x;',
      view,
      'CREATE TABLE gold.g AS FROM silver.v;',
    );
    await run();
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 2 AS x;', 'CREATE TABLE gold.g AS FROM silver.v;');
    const { status, models } = await run();
    assert.equal(status, 'failed');
    assert.deepEqual(
      models.flatMap(({ problems }) => problems.map(({ code }) => code)),
      ['graph.orphan'],
    );
  });

  it('gives a view the columns of what it reads now', async () => {
    const view = 'CREATE VIEW silver.v AS SELECT * FROM bronze.a;';
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS x;', view);
    await run();
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS x, 2 AS y;', view);
    await run();
    const manifest = await openLake({ root: project.root }).manifest();
    const columns = manifest.tables['silver.v']?.version.columns ?? [];
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['x', 'y'],
    );
  });

  it('makes shared temporary tables of a notebook anew', async () => {
    project.notebook('_session', 'CREATE TEMP TABLE twice AS SELECT 2 * x AS y FROM bronze.a;');
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS x;');
    await run();
    const session = opened.openNotebook();
    const ask = async (): Promise<unknown> => {
      const notebook = {
        path: 'notebooks/x.ratnb',
        cells: [{ kind: 'code', text: 'SELECT y FROM twice' }],
      } as const;
      let answer: unknown;
      await session.runCells(
        { notebook, run: [0] },
        {
          signal: new AbortController().signal,
          emit: (event) => {
            if (event.kind === 'cell output' && event.block.kind === 'table')
              answer = event.block.rows[0]?.[0];
          },
        },
      );
      return answer;
    };
    assert.equal(await ask(), 2);
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 5 AS x;');
    await run();
    assert.equal(await ask(), 10);
    await session.close();
  });

  it('warns when a selection reads what is stale', async () => {
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS x;', 'CREATE TABLE gold.g AS FROM bronze.a;');
    await run();
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 2 AS x;', 'CREATE TABLE gold.g AS FROM bronze.a;');
    const { problems, status } = await opened.run({ ...everything, select: ['gold.g'] });
    assert.deepEqual([status, ...problems.map(({ code }) => code)], ['succeeded', 'run.stale-upstream']);
  });
});

describe('checks', () => {
  const project = temporaryProject();
  after(() => project.remove());

  it('use the session’s macros, and make a model volatile', async () => {
    project.notebook(
      'a',
      'CREATE MACRO small(n) AS n < 10;',
      '-- @check: small(x)\nCREATE TABLE bronze.a AS SELECT 1 AS x;',
      "-- @check: day <= now()::DATE\nCREATE TABLE bronze.b AS SELECT DATE '2020-01-01' AS day;",
    );
    const reasons = await project.use(async (opened) => {
      assert.equal((await opened.run(everything)).status, 'succeeded');
      return (await opened.plan({ select: [], fullRefresh: false })).entries.map(({ reason }) => reason);
    });
    assert.match(reasons[0] ?? '', /unchanged/);
    assert.match(reasons[1] ?? '', /now/);
  });
});

describe('removing orphans', () => {
  const project = temporaryProject();
  after(() => project.remove());

  it('is refused while a notebook can’t be read', async () => {
    project.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS x;');
    await project.use((opened) => opened.run(everything));
    project.write('notebooks/a.ratnb', '<<<<<<< HEAD\n');
    await assert.rejects(
      project.use((opened) => opened.clean({ orphans: true, dryRun: false })),
      /front matter/,
    );
    assert.equal(await project.use(async (opened) => (await opened.query('FROM bronze.a', {})).total), 1);
  });
});
