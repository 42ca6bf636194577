import assert from 'node:assert/strict';
import { projectForEach, rows, runOnce } from './runs.js';

const till = 'id,store,amount\n1,a,5\n2,b,0\n3,,-7\n4,b,9\n';
const bronze = "CREATE TABLE bronze.sales AS SELECT * FROM landing('sales.csv');";
const sql = (...lines: readonly string[]) => lines.join('\n');

describe('a quarantined row', () => {
  const project = projectForEach((temporary) => temporary.write('data/landing/sales.csv', till));
  const quarantine = (model: string, what = '*') =>
    project().use(async (opened) => {
      const query = `SELECT ${what} FROM quarantine('silver.t') ORDER BY ALL`;
      const { columns, rows: found } = await opened.query(query, {});
      return { names: columns.map(({ name }) => name), rows: found, model };
    });
  async function dropped(select: string, what?: string) {
    const model = sql(
      '-- @check: amount <> 0 | drop',
      '-- @check: not_null(store) | drop',
      '-- @check: amount >=',
      '--     0 | drop',
      `CREATE TABLE silver.t AS ${select};`,
    );
    project().notebook('a', bronze, model);
    assert.equal((await runOnce(project())).status, 'succeeded');
    return quarantine(model, what);
  }

  it('tells its rules, its run and its origin, in a plain SELECT', async () => {
    const { names, rows: found } = await dropped(
      'SELECT id, upper(store) AS store, amount FROM bronze.sales AS s WHERE id > 0',
    );
    assert.deepEqual(names, ['id', 'store', 'amount', '_file', '_row', '_failed', '_run']);
    assert.deepEqual(found, [
      [2, 'B', 0, 'sales.csv', 2, ['amount <> 0'], 1],
      [3, null, -7, 'sales.csv', 3, ['not_null(store)', 'amount >= 0'], 1],
    ]);
  });

  it('leaves its origin out of what is published', async () => {
    await dropped('SELECT id, store, amount FROM bronze.sales');
    const query = 'DESCRIBE silver.t';
    const described = await project().use((opened) => rows(opened, query));
    assert.deepEqual(
      described.map((row) => (row as readonly unknown[])[0]),
      ['id', 'store', 'amount'],
    );
  });

  it('has no origin where rows are not told apart', async () => {
    const { names } = await dropped('SELECT DISTINCT store, amount FROM bronze.sales');
    assert.deepEqual(names, ['store', 'amount', '_failed', '_run']);
  });

  it('has the origin that the model selects', async () => {
    const { names } = await dropped('SELECT DISTINCT * FROM bronze.sales');
    assert.deepEqual(names, ['id', 'store', 'amount', '_file', '_row', '_failed', '_run']);
  });

  it('keeps the columns of its model that have such names', async () => {
    const { names } = await dropped(
      "SELECT *, 'x' AS _failed, 0 AS _run FROM bronze.sales",
      '* EXCLUDE (_file)',
    );
    assert.deepEqual(names, ['id', 'store', 'amount', '_row', '_failed', '_run', '__failed', '__run']);
  });

  it('is read with its columns where there is none', async () => {
    const { names } = await dropped('SELECT id, store, amount FROM bronze.sales WHERE id = 1');
    assert.deepEqual(names, ['id', 'store', 'amount', '_failed', '_run']);
  });
});

describe('rows that a rule drops by chance', () => {
  const project = projectForEach();

  it('are each in one place, with the rules that they broke', async () => {
    const chance = '-- @check: random() < 0.5 | drop\n-- @check: random() < 0.6 | drop\n';
    project().notebook(
      'a',
      'CREATE TABLE bronze.n AS SELECT i FROM range(2000) t(i);',
      `${chance}CREATE TABLE silver.t AS SELECT i FROM bronze.n;`,
    );
    const { equation } = (await runOnce(project())).models[1] ?? assert.fail();
    assert.deepEqual([equation?.in, equation?.holds], [2000, true]);
    const query = "SELECT count(DISTINCT i), min(len(_failed)) FROM quarantine('silver.t')";
    const [[rowCount, fewest] = []] = (await project().use((opened) => rows(opened, query))) as number[][];
    assert.deepEqual([rowCount, fewest], [equation?.quarantined, 1]);
  });
});

describe('rows that a check warns of', () => {
  const project = projectForEach();
  async function checksOf(select: string, ...checks: readonly string[]) {
    project().notebook(
      'a',
      sql(...checks.map((check) => `-- @check: ${check}`), `CREATE TABLE silver.t AS ${select};`),
    );
    const [outcome] = (await runOnce(project())).models;
    return outcome ?? assert.fail();
  }

  it('are kept with the run, the first ten of each rule', async () => {
    const { checks = [], problems } = await checksOf(
      "SELECT i::INTEGER AS i, 'a.csv' AS _file, i::INTEGER AS _row FROM range(50) t(i)",
      'i < 30 | warn',
      'i >= 0 | warn',
    );
    const [first, ...more] = checks;
    assert.deepEqual(
      [first?.check, first?.failures, first?.failing?.rows.length, more],
      ['i < 30', 20, 10, []],
    );
    assert.deepEqual(first?.failing?.rows[0], [30, 'a.csv', 30]);
    assert.equal(problems[0]?.cause, 'first: i = 30 (a.csv:30); i = 31 (a.csv:31); i = 32 (a.csv:32)');
  });

  it('are keys where a key repeats', async () => {
    const { checks, problems } = await checksOf(
      'FROM (VALUES (1, 2), (1, 2), (1, 2), (3, 4), (3, 4), (5, 6), (NULL, 1), (NULL, 1)) v(a, rows)',
      'unique(a, rows) | warn',
    );
    assert.deepEqual(checks?.[0]?.failing?.rows, [
      [1, 2, 3],
      [3, 4, 2],
    ]);
    assert.equal(problems[0]?.cause, 'first: a = 1, rows = 2, _rows = 3; a = 3, rows = 4, _rows = 2');
  });

  it('are told where a check fails', async () => {
    const { status, problems } = await checksOf("FROM (VALUES (1, 'x'), (NULL, 'y')) v(a, b)", 'not_null(a)');
    assert.deepEqual([status, problems[0]?.cause], ['failed', 'first: a = NULL']);
  });

  it('are those without what they refer to', async () => {
    const { checks } = await checksOf(
      'FROM (VALUES (1, 1), (2, 9), (3, NULL)) v(id, boss)',
      'references(boss, silver.t.id) | warn',
    );
    assert.deepEqual(checks?.[0]?.failing?.rows, [[2, 9]]);
  });

  it('take little room, however wide they are', async () => {
    const wide = Array.from({ length: 300 }, (_, index) => `repeat('x', 500) AS c${index}`).join(', ');
    const { checks } = await checksOf(`SELECT i, ${wide} FROM range(20) t(i)`, 'i < 0 | warn');
    assert(JSON.stringify(checks).length < 12_000);
    assert.deepEqual(
      checks?.[0]?.failing?.columns.map(({ name }) => name),
      ['i'],
    );
  });

  it('are fewer than ten where ten take much room', async () => {
    const wide = Array.from({ length: 20 }, (_, index) => `repeat('x', 150) AS c${index}`).join(', ');
    const { checks } = await checksOf(`SELECT i, ${wide} FROM range(20) t(i)`, 'i < 0 | warn');
    assert.equal(checks?.[0]?.failing?.rows.length, 3);
  });

  it('are counted once more when only the check changes', async () => {
    const select = 'SELECT i FROM range(3) t(i)';
    await checksOf(select, 'i < 9 | warn');
    const { status, checks } = await checksOf(select, 'i < 1 | warn');
    assert.deepEqual([status, checks?.[0]?.failures, checks?.[0]?.failing?.rows], ['judged', 2, [[1], [2]]]);
  });
});
