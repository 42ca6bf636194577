import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NotebookSession } from '../../../src/app/notebookSession.js';
import type { OpenedProject } from '../../../src/app/openedProject.js';
import { openProject } from '../../../src/app/openProject.js';
import type { Json } from '../../../src/protocol/json.js';
import type { CellOutcome, KernelEvent } from '../../../src/protocol/kernel.js';
import type { ResultBlock } from '../../../src/protocol/result.js';
import { problemLine } from '../../support/projectGraph.js';
import { projectForEach, rows, runOnce } from './runs.js';

describe('a notebook’s session', () => {
  const project = projectForEach((temporary) => temporary.notebook('a'));

  // Its hooks run before those of the project, which then is closed when it is removed.
  describe('runs cells, and', () => {
    let opened: OpenedProject;
    let session: NotebookSession;

    beforeEach(async () => {
      opened = await openProject({ directory: project().root });
      session = opened.openNotebook();
    });

    afterEach(async () => {
      await session.close();
      await opened.close();
    });

    interface Ran {
      readonly outcomes: readonly CellOutcome[];
      readonly events: readonly KernelEvent[];
      /** What was shown, each block in a few words. */
      readonly shown: readonly string[];
    }

    /** Runs all of these cells of the notebook on the screen, or those that are named. */
    async function runCells(
      cells: readonly string[],
      options: {
        readonly run?: readonly number[];
        readonly rebuild?: boolean;
        readonly withUpstream?: boolean;
        /** Of every cell. */
        readonly chart?: Json;
        readonly signal?: AbortSignal;
        readonly emit?: (event: KernelEvent) => void;
      } = {},
    ): Promise<Ran> {
      const notebook = {
        path: 'notebooks/a.ratnb',
        cells: cells.map((text) => ({
          kind: 'code' as const,
          text,
          ...(options.chart !== undefined && { chart: options.chart }),
        })),
      };
      const events: KernelEvent[] = [];
      const {
        run = [...cells.keys()],
        rebuild = false,
        withUpstream = false,
        signal = new AbortController().signal,
      } = options;
      const emit = (event: KernelEvent): void => {
        events.push(event);
        options.emit?.(event);
      };
      const outcomes = await session.runCells({ notebook, run, rebuild, withUpstream }, { signal, emit });
      return {
        outcomes,
        events,
        shown: events.flatMap((event) => (event.kind === 'cell output' ? [inWords(event.block)] : [])),
      };
    }

    function inWords(block: ResultBlock): string {
      switch (block.kind) {
        case 'table':
          return `${JSON.stringify(block.rows)} of ${block.total}`;
        case 'chart':
          return `${block.chart.mark} of ${block.rows.length} of ${block.total}`;
        case 'model':
          return `${block.model} ${block.action}: ${block.reason}, version ${block.version}, ${block.rows} rows at ${block.path}`;
        case 'done':
          return block.statement;
        case 'problem':
          return problemLine(block.problem);
      }
    }

    const how = ({ outcomes }: Ran): readonly string[] =>
      outcomes.map(({ status, halts }) => (halts ? `${status}, halts` : status));

    it('builds a model from the screen and shows its rows', async () => {
      const cell = 'CREATE TABLE bronze.a AS SELECT n::INTEGER AS n FROM range(60) r(n) ORDER BY n';
      const { shown, events, outcomes } = await runCells([cell]);
      assert.equal(
        shown[0],
        'bronze.a built: it was never built, version 1, 60 rows at data/bronze/a.parquet',
      );
      assert.match(shown[1] ?? '', /^\[\[0\],\[1\],.*\[49\]\] of 60$/);
      assert.deepEqual(outcomes, [{ cell: 0, status: 'succeeded', problems: [], halts: false }]);
      const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== 'cell progress');
      assert.deepEqual(kinds, ['cell started', 'cell output', 'cell output', 'cell finished']);
      assert(existsSync(join(project().root, 'data/bronze/a.parquet')));
    });

    it('says what is up to date, and rebuilds when asked', async () => {
      const cells = ['CREATE TABLE bronze.a AS SELECT 1 AS n'];
      await runCells(cells);
      assert.match(
        (await runCells(cells)).shown[0] ?? '',
        /^bronze\.a up to date: unchanged since run 1, version 1/,
      );
      assert.match(
        (await runCells(cells, { rebuild: true })).shown[0] ?? '',
        /^bronze\.a built: full refresh, version 2/,
      );
    });

    it('shows a view with its rows', async () => {
      const { shown } = await runCells(['CREATE VIEW bronze.v AS FROM range(3)']);
      assert.deepEqual(shown, [
        'bronze.v built: it was never built, version 1, 3 rows at undefined',
        '[[0],[1],[2]] of 3',
      ]);
    });

    it('shows a query’s first rows and its size', async () => {
      const { shown } = await runCells(["SELECT 'a' AS x", 'FROM range(500)', '-- a remark', '']);
      assert.equal(shown[0], '[["a"]] of 1');
      assert.match(shown[1] ?? '', /^\[\[0\],.*\[199\]\] of 500$/);
      assert.equal(shown.length, 2);
    });

    it('draws the last statement’s rows above them', async () => {
      const chart = { mark: 'line', x: 'n', y: 'sum' };
      const query = 'SELECT 1 AS n; SELECT range AS n, 2 * range AS sum, 0 AS z FROM range(6000)';
      const { shown, events } = await runCells([query], { chart });
      assert.deepEqual(shown.slice(0, 2), ['[[1]] of 1', 'line of 5000 of 6000']);
      assert.match(shown[2] ?? '', /\[199,398,0\]\] of 6000$/);
      const [block] = events.flatMap((event) =>
        event.kind === 'cell output' && event.block.kind === 'chart' ? [event.block] : [],
      );
      assert.deepEqual(
        [block?.columns.map(({ name }) => name), block?.rows[2]],
        [
          ['n', 'sum'],
          [2, 4],
        ],
      );
    });

    it('draws a model’s rows too', async () => {
      const chart = { x: 'n', y: 'n' };
      const { shown } = await runCells(['CREATE TABLE gold.a AS SELECT 1 AS n'], { chart });
      assert.deepEqual(shown.slice(1), ['bar of 1 of 1', '[[1]] of 1']);
    });

    it('warns of a chart it can’t draw, and shows the rows', async () => {
      const { shown, outcomes } = await runCells(["SELECT 1 AS n, 'a' AS store"], {
        chart: { x: 'stroe', y: 'n' },
      });
      assert.match(shown[0] ?? '', /^chart\.settings .*“x” is stroe/);
      assert.equal(shown[1], '[[1,"a"]] of 1');
      assert.deepEqual([outcomes[0]?.status, outcomes[0]?.problems[0]?.severity], ['succeeded', 'warning']);
    });

    it('builds what a query reads when asked', async () => {
      const cells = [
        'CREATE TABLE bronze.a AS SELECT 1 AS n',
        'CREATE VIEW silver.b AS FROM bronze.a',
        'FROM silver.b',
      ];
      assert.match((await runCells(cells, { run: [2] })).shown.join(), /^graph\.never-built/);
      assert.deepEqual((await runCells(cells, { run: [2], withUpstream: true })).shown, ['[[1]] of 1']);
      const broken = ["CREATE TABLE bronze.a AS SELECT 'x'::INTEGER AS n", ...cells.slice(1)];
      const { shown, outcomes } = await runCells(broken, { run: [2], withUpstream: true });
      assert.deepEqual([shown.length, outcomes[0]?.status], [1, 'failed']);
      assert.match(shown[0] ?? '', /^sql\.failed 1:/);
    });

    it('keeps what cells define', async () => {
      const define = [
        'CREATE MACRO twice(x) AS 2 * x',
        'CREATE TEMP TABLE few AS SELECT 1 AS n',
        'SET VARIABLE v = 3',
        'CREATE TABLE plain AS SELECT 4 AS n',
      ];
      const ask = "SELECT twice(few.n), getvariable('v'), plain.n FROM few, plain";
      const { shown } = await runCells([...define, ask]);
      assert.deepEqual(shown, [
        'CREATE MACRO twice(x) AS',
        'CREATE TEMP TABLE few',
        'SET VARIABLE v =',
        'CREATE TABLE plain AS',
        '[[2,3,4]] of 1',
      ]);
      assert.deepEqual((await runCells([ask])).shown, ['[[2,3,4]] of 1']);
    });

    it('takes a definition that is run again', async () => {
      for (const body of ['x + 1', 'x + 2']) {
        const { shown } = await runCells([
          `CREATE MACRO f(x) AS ${body}`,
          "CREATE TYPE mood AS ENUM ('a')",
          'CREATE TEMP TABLE t AS SELECT f(1) AS n',
          'CREATE TEMP VIEW w AS FROM t',
          'FROM w',
        ]);
        assert.equal(shown.at(-1), `[[${body === 'x + 1' ? 2 : 3}]] of 1`, shown.join('\n'));
      }
    });

    it('follows the shared session when it is edited', async () => {
      for (const [body, expected] of [
        ['1', 1],
        ['2', 2],
        ['1', 1],
      ] as const) {
        project().notebook('_session', `CREATE MACRO shared() AS ${body}`);
        assert.deepEqual((await runCells(['SELECT shared()'])).shown, [`[[${expected}]] of 1`]);
      }
    });

    it('never lets what was run reach a model', async () => {
      const cells = ['CREATE TABLE bronze.a AS SELECT f() AS n', 'CREATE MACRO f() AS 1'];
      const { outcomes } = await runCells(cells, { run: [1, 0] });
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['succeeded', 'failed'],
      );
    });

    const faults: readonly (readonly [string, RegExp])[] = [
      ['SELECT 1,\n  nope FROM range(3)', /^sql\.failed 1:2:3 .*nope/],
      ['SELECT 1;\n  SELECT (', /^sql\.syntax 1:2:\d+ /],
      ['SELECT *\nFROM bronze.gone', /^graph\.unknown-table 1:2:6 There is no table bronze\.gone/],
      ['CREATE TEMP TABLE t AS SELECT nope FROM range(3)', /^sql\.failed 1:1:31 .*nope/],
      ['CREATE TEMP VIEW v AS\n  SELECT nope FROM range(3)', /^sql\.failed 1:2:10 .*nope/],
      ['SET VARIABLE v = nope(1)', /^sql\.failed 1:1:18 .*nope/],
      ['-- @check: x\nSELECT 1', /^notebook\.declaration 1:1:12 /],
      ['INSERT INTO bronze.a VALUES (1)', /^model\.write 1:1:13 INSERT would change bronze\.a/],
      ['CREATE TABLE IF NOT EXISTS bronze.a AS SELECT 1', /^model\.form 1:1:\d+ /],
      ['CREATE TABLE bronze.a AS\n SELECT nope', /^sql\.failed 1:2:9 .*nope/],
      ['CREATE TABLE bronze.a AS FROM bronze.b', /^graph\.unknown-table 1:1:31 /],
      ['DROP TABLE bronze.gone', /^graph\.unknown-table 1:1:12 There is no table bronze\.gone/],
    ];
    for (const [cell, expected] of faults) {
      it(`places a fault: ${JSON.stringify(cell)}`, async () => {
        const { shown, outcomes } = await runCells([cell]);
        assert.match(shown.at(-1) ?? '', expected);
        assert.equal(outcomes[0]?.status, 'failed');
        assert.equal(outcomes[0]?.problems.length, 1);
      });
    }

    it('halts after a failed cell that is no model', async () => {
      const ran = await runCells([
        'SELECT 1',
        'SELECT nope',
        'SELECT 3',
        'CREATE TABLE bronze.a AS SELECT 1 AS n',
      ]);
      assert.deepEqual(how(ran), ['succeeded', 'failed, halts', 'cancelled', 'cancelled']);
      assert.equal(existsSync(join(project().root, 'data')), false);
    });

    it('goes on after a failed model, without its dependents', async () => {
      const reader = 'CREATE TABLE silver.b AS FROM bronze.a';
      await runCells(['CREATE TABLE bronze.a AS SELECT 1 AS n', reader]);
      const ran = await runCells([
        "CREATE TABLE bronze.a AS SELECT 'x'::INTEGER AS n",
        `${reader} WHERE n > 0`,
        'SELECT 3',
      ]);
      assert.deepEqual(how(ran), ['failed', 'failed', 'succeeded']);
      assert.match(
        ran.shown[1] ?? '',
        /^run\.upstream-failed 2:undefined:undefined silver\.b was not built: bronze\.a failed/,
      );
      const { tables, lastRun } = await opened.status();
      assert.equal(tables.find(({ name }) => name === 'silver.b')?.version, 1);
      assert.deepEqual([lastRun?.run, lastRun?.status, lastRun?.models.length], [2, 'failed', 2]);
    });

    it('makes one run of cells that are started together', async () => {
      await runCells([
        'CREATE TABLE bronze.a AS SELECT 1 AS n',
        'SELECT 1',
        'CREATE TABLE silver.b AS FROM bronze.a',
      ]);
      const { lastRun } = await opened.status();
      assert.deepEqual(
        [lastRun?.run, lastRun?.selection, lastRun?.models.length],
        [1, ['notebook:notebooks/a.ratnb'], 2],
      );
    });

    it('tells what the run itself met before the last cell that ran ends', async () => {
      project().write('data/bronze/a.parquet/mine.txt', 'in the way');
      const model = 'CREATE TABLE bronze.a AS SELECT 1 AS n';
      const { events, shown } = await runCells([model, 'FROM no_such_table', 'SELECT 1']);
      assert.match(shown.at(-1) ?? '', /^lake\.restored/);
      const told = events.flatMap((event) => {
        if (event.kind === 'cell output') return [`output ${event.cell}`];
        return event.kind === 'cell finished' ? [`end ${event.outcome.cell}`] : [];
      });
      assert.deepEqual(told.slice(-5), ['end 0', 'output 1', 'output 1', 'end 1', 'end 2']);
    });

    it('makes no run of queries alone', async () => {
      await runCells(['SELECT 1', 'CREATE MACRO f() AS 1']);
      assert.equal((await opened.status()).lastRun, undefined);
    });

    it('says what is stale or missing upstream', async () => {
      const reader = 'CREATE TABLE silver.b AS FROM bronze.a';
      const missing = await runCells(['CREATE TABLE bronze.a AS SELECT 1 AS n', reader], { run: [1] });
      assert.match(missing.shown.join(), /^graph\.never-built 2:1:31 bronze\.a was never built/);
      await runCells(['CREATE TABLE bronze.a AS SELECT 1 AS n', reader]);
      const { events } = await runCells(['CREATE TABLE bronze.a AS SELECT 2 AS n', reader], { run: [1] });
      const warnings = events.flatMap((event) =>
        event.kind === 'cell output' && event.block.kind === 'model' ? event.block.warnings : [],
      );
      assert.deepEqual(
        warnings.map(({ code, message }) => `${code} ${message}`),
        ['run.stale-upstream bronze.a is stale: its SQL changed.'],
      );
    });

    it('brings what is upstream up to date when asked', async () => {
      const cells = (select: string) => [
        `CREATE TABLE bronze.a AS SELECT ${select} AS n`,
        'CREATE VIEW silver.v AS FROM bronze.a',
        'CREATE TABLE gold.g AS FROM silver.v',
      ];
      const again = { run: [2], withUpstream: true };
      assert.match((await runCells(cells('1'), again)).shown.join(), /^gold\.g built: .*,\[\[1\]\] of 1$/);
      assert.match((await runCells(cells('2'), again)).shown.join(), /^gold\.g built: .*,\[\[2\]\] of 1$/);
      const { shown } = await runCells(cells("'x'::INTEGER"), again);
      assert.match(shown[0] ?? '', /^sql\.failed 1:1:\d+ .*Could not convert/);
      assert.match(shown.at(-1) ?? '', /^run\.upstream-failed 3:/);
    });

    it('drops a table only when its cell is run alone', async () => {
      const model = 'CREATE TABLE bronze.a AS SELECT 1 AS n';
      const drop = 'DROP TABLE bronze.a';
      assert.deepEqual(how(await runCells([model, drop])), ['succeeded', 'failed, halts']);
      assert.deepEqual((await runCells([model, drop], { run: [1] })).shown, ['DROP TABLE bronze.a']);
      assert.equal(existsSync(join(project().root, 'data/bronze/a.parquet')), false);
      assert.deepEqual(how(await runCells(['FROM bronze.a'])), ['failed, halts']);
    });

    it('reads what another run published meanwhile', async () => {
      const cell = (n: number) => `CREATE TABLE bronze.a AS SELECT ${n} AS n`;
      await runCells([cell(1), 'FROM bronze.a']);
      project().notebook('a', cell(2));
      await runOnce(project());
      assert.deepEqual((await runCells([cell(2), 'FROM bronze.a'], { run: [1] })).shown, ['[[2]] of 1']);
      project().notebook('a');
      await project().use((other) => other.clean({ orphans: true, dryRun: false }));
      assert.match((await runCells(['FROM bronze.a'])).shown.join(), /^graph\.unknown-table/);
    });

    it('is cancelled in the middle of a model', async () => {
      const endless =
        'SELECT count(*) AS n FROM range(1000000) a, range(100000) b WHERE hash(a.range + b.range) = 0';
      const controller = new AbortController();
      const emit = ({ kind }: KernelEvent): void => {
        if (kind === 'cell started') setTimeout(() => controller.abort(), 150);
      };
      const ran = await runCells([`CREATE TABLE bronze.a AS ${endless}`, 'SELECT 1'], {
        signal: controller.signal,
        emit,
      });
      assert.deepEqual([how(ran), ran.shown], [['cancelled', 'cancelled'], []]);
      assert.equal((await opened.status()).lastRun?.status, 'cancelled');
      assert.deepEqual((await runCells(['SELECT 1'])).shown, ['[[1]] of 1']);
    });

    it('writes files, but none of the lake’s', async () => {
      const file = join(project().root, 'export.csv');
      assert.deepEqual((await runCells([`COPY (SELECT 1 AS n) TO '${file}'`])).shown, ['COPY (SELECT 1 AS']);
      assert(existsSync(file));
      const { shown } = await runCells(["COPY (SELECT 1 AS n)\nTO 'data/silver/x.parquet'"]);
      assert.match(shown.join(), /^lake\.write-refused 1:2:4 data\/silver\/x\.parquet belongs to the lake/);
    });

    it('refuses lake tables of a notebook outside the pipeline', async () => {
      const notebook = {
        path: 'scratch.ratnb',
        cells: [{ kind: 'code' as const, text: 'CREATE TABLE bronze.a AS SELECT 1 AS n' }],
      };
      const [outcome] = await session.runCells(
        { notebook, run: [0] },
        { signal: new AbortController().signal, emit: () => {} },
      );
      assert.deepEqual([outcome?.status, outcome?.problems[0]?.code], ['failed', 'model.form']);
      assert.deepEqual(await rows(opened, 'SELECT 1'), [[1]]);
    });
  });
});
