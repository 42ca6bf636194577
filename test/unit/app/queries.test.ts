import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { firstRowsQuery } from '../../../src/app/firstRows.js';
import type { Project, QueryBlocks } from '../../../src/app/project.js';
import { problemFrom, projectForEach, rows, run, runOnce } from './runs.js';

const prepared = [
  'CREATE TABLE silver.sales AS SELECT i AS id, i * 10 AS amount FROM range(5) r(i)',
  'CREATE VIEW gold.big AS SELECT * FROM silver.sales WHERE amount > 15',
];
const later = 'CREATE TABLE gold.later AS FROM gold.big';

/** By query: where it is refused and why, as `code line:column message | hint`. */
const refused: Readonly<Record<string, string>> = {
  '': 'cli.usage undefined:undefined There is no query. | Try: FROM gold.daily_sales',
  '-- nothing': 'cli.usage undefined:undefined There is no query. | Try: FROM gold.daily_sales',
  'SELECT 1;\n  SELECT 2': 'cli.usage 2:3 One query at a time. | Run the second one by itself.',
  'DELETE FROM silver.sales':
    'cli.usage 1:1 Only queries can be asked here: the lake is changed by its notebooks. | Write a SELECT, or put the statement into a notebook.',
  "COPY (SELECT 1) TO 'x.csv'":
    'cli.usage 1:1 Only queries can be asked here: the lake is changed by its notebooks. | Write a SELECT, or put the statement into a notebook.',
  'WITH w AS (SELECT 1) INSERT INTO silver.sales FROM w':
    'cli.usage 1:1 Only queries can be asked here: the lake is changed by its notebooks. | Write a SELECT, or put the statement into a notebook.',
  'SELECT *\nFROM silver.slaes':
    'graph.unknown-table 2:6 There is no table silver.slaes. | Did you mean silver.sales?',
  'SELECT *\nFROM bronze.sales':
    'graph.unknown-table 2:6 There is no table bronze.sales. | Did you mean silver.sales?',
  'SELECT *\nFROM sales': 'graph.unknown-table 2:6 There is no table sales. | Did you mean silver.sales?',
  'FROM gold.later': 'graph.never-built 1:6 gold.later was never built. | Run the cell that builds it first.',
  "FROM quarantine('silver.gone') JOIN silver.gone2 ON true":
    'graph.unknown-table 1:37 There is no table silver.gone2. | Did you mean silver.sales?',
  'SELECT id,, amount FROM silver.sales': 'sql.syntax 1:11 syntax error at or near "," | undefined',
  'SELECT amonut\nFROM silver.sales':
    'sql.failed 1:8 Referenced column "amonut" not found in FROM clause! | Did you mean amount?',
  "SELECT 1 AS x,\n  'a'::DATE FROM silver.sales": 'sql.failed 2:6',
};

describe('a query', () => {
  const project = projectForEach((temporary) => temporary.notebook('a', ...prepared));

  beforeEach(async () => {
    await runOnce(project());
    project().notebook('a', ...prepared, later);
  });

  for (const [sql, expected] of Object.entries(refused)) {
    it(`is refused: ${JSON.stringify(sql)}`, () =>
      project().use(async (opened) => {
        const { code, message, place, hint } = await problemFrom(opened.query(sql, {}));
        const said = `${code} ${place?.line}:${place?.column} ${message} | ${hint}`;
        assert.equal(said.slice(0, expected.length), expected);
        assert.equal(place?.notebook, undefined);
      }));
  }

  const answers: Readonly<Record<string, unknown>> = {
    'FROM gold.big ORDER BY id': [
      [2, 20],
      [3, 30],
      [4, 40],
    ],
    'WITH sales AS (SELECT 1 AS n) FROM sales;': [[1]],
    'SELECT count(*) FROM silver.sales JOIN Gold.BIG USING (id) -- joined': [[3]],
    'SELECT s.id FROM silver.sales AS s WHERE s.id = 1': [[1]],
    'DESCRIBE silver.sales': 2,
    'EXPLAIN FROM gold.big': 1,
    'PIVOT gold.big ON id USING sum(amount)': 1,
    'SELECT column_name FROM (DESCRIBE FROM gold.big)': [['id'], ['amount']],
  };
  for (const [sql, expected] of Object.entries(answers)) {
    it(`is answered: ${sql}`, () =>
      project().use(async (opened) => {
        const found = await rows(opened, sql);
        if (typeof expected === 'number') assert.equal(found.length, expected);
        else assert.deepEqual(found, expected);
      }));
  }

  it('says its first rows and how many there are', () =>
    project().use(async (opened) => {
      for (const sql of [
        'FROM silver.sales',
        'SELECT id, amount FROM silver.sales ORDER BY id',
        'FROM silver.sales WHERE id >= 0',
        'FROM silver.sales -- all',
      ]) {
        const answer = await opened.query(sql, { limit: 2 });
        assert.deepEqual([answer.rows.length, answer.total], [2, 5], sql);
      }
    }));

  it('is read block by block, with the same refusals', () =>
    project().use(async (opened) => {
      const found: unknown[] = [];
      const read = async ({ total, count, blocks }: QueryBlocks) => {
        for await (const block of blocks) found.push(...block);
        return [total, count];
      };
      assert.deepEqual(await opened.readQuery('FROM silver.sales', { limit: 2 }, read), [5, 2]);
      const sorted = 'SELECT id FROM silver.sales ORDER BY id DESC';
      assert.deepEqual(await opened.readQuery(sorted, {}, read), [5, 5]);
      assert.deepEqual(found, [[0, 0], [1, 10], [4], [3], [2], [1], [0]]);
      const { code } = await problemFrom(opened.readQuery('FROM silver.slaes', {}, read));
      assert.equal(code, 'graph.unknown-table');
    }));

  it('looks at a table, and at what was dropped from it', async () => {
    const model =
      '-- @check: n > 0 | drop\nCREATE TABLE bronze.n AS SELECT n::INTEGER AS n FROM range(-1, 2) r(n)';
    project().notebook('c', model);
    await runOnce(project());
    await project().use(async (opened) => {
      const look = (kind: 'table' | 'dropped rows') =>
        rows(opened, firstRowsQuery({ kind, name: 'bronze.n' }, opened.landingDirectory));
      assert.deepEqual(await look('table'), [[1]]);
      assert.deepEqual(await look('dropped rows'), [
        [-1, ['n > 0'], 2],
        [0, ['n > 0'], 2],
      ]);
    });
  });

  it('has shared macros, and no notebook’s own', async () => {
    project().notebook('_session', 'CREATE MACRO twice(x) AS 2 * x');
    project().notebook('b', 'CREATE MACRO thrice(x) AS 3 * x');
    await project().use(async (opened) => {
      assert.deepEqual(await rows(opened, 'SELECT twice(4)'), [[8]]);
      const { code, message } = await problemFrom(opened.query('SELECT thrice(4)', {}));
      assert.deepEqual([code, message], ['sql.failed', 'Scalar Function with name thrice does not exist!']);
    });
  });

  it('is exported whole or not at all', () =>
    project().use(async (opened) => {
      const file = join(project().root, "it's.parquet");
      assert.deepEqual(await opened.exportQuery('FROM gold.big', { file, format: 'parquet' }), { rows: 3 });
      assert.deepEqual(
        await rows(opened, `SELECT count(*) FROM read_parquet('${file.replaceAll("'", "''")}')`),
        [[3]],
      );
      const other = join(project().root, 'other.parquet');
      await problemFrom(opened.exportQuery("SELECT 'a'::INTEGER", { file: other, format: 'parquet' }));
      assert.equal(existsSync(other), false);
      assert.deepEqual(
        readdirSync(project().root).filter((name) => name.startsWith('.')),
        ['.ratatouille'],
      );
    }));

  it('leaves nothing behind for the next one', () =>
    project().use(async (opened) => {
      await rows(opened, 'SELECT set_config FROM (SELECT 1 AS set_config)');
      assert.deepEqual(await rows(opened, 'SELECT 1'), [[1]]);
      assert.deepEqual(
        readdirSync(join(project().root, 'data')).sort(),
        ['gold', 'silver'].filter((layer) => existsSync(join(project().root, 'data', layer))),
      );
    }));

  it('points at the line that it says', () =>
    project().use(async (opened) => {
      const place = { notebook: 'notebooks/a.ratnb', cell: 2, line: 1 };
      assert.equal(await opened.sourceLine(place), prepared[1]);
      assert.equal(await opened.sourceLine({ file: 'ratatouille.json', line: 1 }), '{ "name": "test" }');
      assert.equal(
        await opened.sourceLine({ notebook: 'notebooks/gone.ratnb', cell: 1, line: 1 }),
        undefined,
      );
    }));
});

describe('a reader during runs', () => {
  const project = projectForEach();
  const rounds = 6;

  function write(generation: number): void {
    project().write('data/landing/a.csv', `g\n${`${generation}\n`.repeat(200)}`);
  }

  /** Asks until the work is done; gives how often it asked and the answers that were not one row of one generation. */
  async function askWhile(
    opened: Project,
    work: Promise<unknown>,
  ): Promise<{ asked: number; strange: unknown[] }> {
    const sql =
      'SELECT a.g, b.g FROM (SELECT DISTINCT g FROM bronze.first) a, (SELECT DISTINCT g FROM bronze.first) b';
    const strange: unknown[] = [];
    let asked = 0;
    let working = true;
    void work.finally(() => {
      working = false;
    });
    while (working) {
      const found = (await rows(opened, sql)) as readonly (readonly unknown[])[];
      asked += 1;
      if (found.length !== 1 || found[0]?.[0] !== found[0]?.[1]) strange.push(found);
      const summary = (await rows(
        opened,
        'SELECT min(g), max(g), count(*) FROM bronze.first',
      )) as readonly (readonly unknown[])[];
      if (summary[0]?.[0] !== summary[0]?.[1] || summary[0]?.[2] !== 200) strange.push(summary);
    }
    return { asked, strange };
  }

  it('sees whole generations, whatever is published', async () => {
    project().notebook(
      'a',
      "CREATE TABLE bronze.first AS FROM landing('a.csv')",
      'CREATE TABLE silver.second AS SELECT g FROM bronze.first',
    );
    write(0);
    await project().use(async (writer) => {
      await run(writer);
      const writing = (async () => {
        for (let generation = 1; generation <= rounds; generation += 1) {
          write(generation);
          const { status } = await run(writer);
          assert.equal(status, 'succeeded');
        }
      })();
      const { asked, strange } = await project().use((reader) => askWhile(reader, writing));
      await writing;
      assert.deepEqual(strange, []);
      assert(asked > 1, `asked ${asked} times`);
      assert.deepEqual(await rows(writer, 'SELECT DISTINCT g FROM silver.second'), [[rounds]]);
    });
  });
});
