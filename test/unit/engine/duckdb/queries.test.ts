import assert from 'node:assert/strict';
import { useEngine } from './harness.js';

describe('queries', () => {
  const harness = useEngine();

  const kinds: Readonly<Record<string, readonly string[]>> = {
    'SELECT 1 AS a, 2 AS a, 3 AS "A b"': ['a', 'a', 'A b'],
    'FROM range(2)': ['range'],
    "VALUES (1, 'x')": ['col0', 'col1'],
    'WITH t AS (SELECT 1 AS x) FROM t': ['x'],
    'DESCRIBE SELECT 1': ['column_name', 'column_type', 'null', 'key', 'default', 'extra'],
    'SHOW DATABASES': ['database_name'],
    'EXPLAIN SELECT 1': ['explain_key', 'explain_value'],
    'PRAGMA version': ['library_version', 'source_id', 'codename'],
    'CALL pragma_version()': ['library_version', 'source_id', 'codename'],
    "PIVOT (SELECT 'x' AS a, 2 AS b) ON a IN ('x') USING sum(b)": ['x'],
    "PIVOT (SELECT 'x' AS a, 2 AS b) ON a USING sum(b)": ['x'],
    '(SELECT 1 AS a) UNION ALL (SELECT 2)': ['a'],
    'SELECT 1 AS a; -- the end': ['a'],
  };

  for (const [query, names] of Object.entries(kinds)) {
    it(`are described and run: ${query}`, async () => {
      const columns = await harness.session.describe(query);
      const all = await harness.session.rows(query);
      const first = await harness.session.firstRows(query, 1);
      assert.deepEqual(
        columns.map(({ name }) => name),
        names,
      );
      assert.deepEqual([all.columns, first.columns], [columns, columns]);
      assert.deepEqual([first.rows, first.total], [all.rows.slice(0, 1), all.rows.length]);
      assert.ok(all.rows.length > 0);
    });
  }

  for (const [query, limit] of [
    ['SELECT i FROM range(25_000) r(i) ORDER BY i DESC', 30_000],
    ['SELECT i FROM range(25_000) r(i) ORDER BY i DESC', 12_345],
    ['SELECT i FROM range(25_000) r(i) ORDER BY i DESC', 0],
    ['EXPLAIN SELECT 1', 10],
  ] as const) {
    it(`give at most ${limit} rows block by block: ${query}`, async () => {
      const all = await harness.session.rows(query);
      const { columns, total, count, blocks } = await harness.session.rowBlocks(query, limit);
      const read = [];
      for await (const block of blocks) {
        assert.ok(block.length > 0 && block.length <= 10_000);
        read.push(...block);
      }
      assert.deepEqual([columns, total, count], [all.columns, all.rows.length, read.length]);
      assert.deepEqual(read, all.rows.slice(0, limit));
    });
  }

  it('and all other statements are executed', async () => {
    const statements = [
      'BEGIN',
      'CREATE TABLE t(a INTEGER)',
      'INSERT INTO t VALUES (1), (2)',
      'UPDATE t SET a = 3 WHERE a = 2',
      'DELETE FROM t WHERE a = 1',
      'ALTER TABLE t ADD COLUMN b INTEGER',
      'COMMIT',
      'PREPARE p AS SELECT a + $1 FROM t',
      'EXECUTE p(1)',
      'DEALLOCATE p',
      "COMMENT ON TABLE t IS 'mine'",
      'ANALYZE',
      'CHECKPOINT',
      "ATTACH ':memory:' AS other_of_mine",
      'DETACH other_of_mine',
      'EXPLAIN SELECT 1',
      'PRAGMA show_tables',
      "CREATE TABLE p AS PIVOT (SELECT 'x' AS a, 2 AS b) ON a USING sum(b)",
      'DROP TABLE p',
    ];
    for (const statement of statements) await harness.session.execute(statement);
    assert.deepEqual((await harness.session.rows('FROM t')).rows, [[3, null]]);
  });

  it('of SUMMARIZE give a row for each column', async () => {
    const { total } = await harness.session.firstRows('SUMMARIZE SELECT 1 AS a, 2 AS b', 10);
    assert.equal(total, 2);
  });

  it('are described without being run', async () => {
    await harness.session.describe("SELECT error('run') FROM range(2)");
  });

  it('keep the order of ORDER BY among many rows', async () => {
    const { rows, total } = await harness.session.firstRows('FROM range(300000) t(i) ORDER BY i DESC', 3);
    assert.deepEqual([rows, total], [[[299999], [299998], [299997]], 300000]);
  });

  it('keep the order of a file among many rows', async () => {
    const select = 'SELECT i FROM range(300000) t(i) ORDER BY hash(i)';
    const { kept } = await harness.session.writeParquet({ select, directory: harness.directory() });
    const sorted = (await harness.session.rows(`${select} LIMIT 1000`)).rows;
    const read = await harness.session.firstRows(`FROM read_parquet('${kept.path}')`, 1000);
    assert.deepEqual(read.rows, sorted);
  });

  it('run once, also for the count', async () => {
    await harness.session.execute('CREATE SEQUENCE calls');
    await harness.session.firstRows("SELECT nextval('calls') FROM range(5)", 2);
    assert.deepEqual((await harness.session.rows("SELECT nextval('calls')")).rows, [[6]]);
  });

  it('forget a result when the next fails', async () => {
    await harness.session.firstRows('SELECT 1', 1);
    await assert.rejects(harness.session.firstRows('SELECT nope', 1));
    assert.equal((await harness.session.firstRows('SELECT 2', 1)).total, 1);
  });

  it('take turns in one session', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => harness.session.firstRows(`FROM range(${index})`, 100)),
    );
    assert.deepEqual(
      results.map(({ total }) => total),
      Array.from({ length: 20 }, (_, index) => index),
    );
  });
});
