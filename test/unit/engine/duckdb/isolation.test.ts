import assert from 'node:assert/strict';
import { EngineError, type EngineSession } from '../../../../src/engine/engine.js';
import { useEngine } from './harness.js';

describe('sessions side by side', () => {
  const harness = useEngine();

  async function value(session: EngineSession, expression: string): Promise<unknown> {
    return (await session.rows(`SELECT ${expression}`)).rows[0]![0];
  }

  /** Settings of which every session has its own; what else a session may set, it may not set alone. */
  const sessionSettings = {
    TimeZone: 'Europe/Zurich',
    Calendar: 'japanese',
    default_null_order: 'NULLS_FIRST',
    null_order: 'NULLS_FIRST',
    default_order: 'DESC',
    default_collation: 'nocase',
    integer_division: 'true',
    ieee_floating_point_ops: 'false',
    old_implicit_casting: 'true',
    lambda_syntax: 'ENABLE_SINGLE_ARROW',
    order_by_non_integer_literal: 'true',
    scalar_subquery_error_on_multiple_rows: 'false',
    pivot_limit: '5',
    pivot_filter_threshold: '5',
    max_expression_depth: '500',
    preserve_identifier_case: 'false',
    disable_timestamptz_casts: 'true',
    binary_as_string: 'true',
    deprecated_using_key_syntax: 'UNION_AS_UNION_ALL',
    enable_geoparquet_conversion: 'false',
  };

  describe('what one session defines', () => {
    const definitions = {
      'a macro': ['CREATE MACRO twice(x) AS 2 * x', 'SELECT twice(1)'],
      'a table macro': ['CREATE MACRO pair(x) AS TABLE SELECT x', 'FROM pair(1)'],
      'a temporary macro': ['CREATE TEMP MACRO twice(x) AS 2 * x', 'SELECT twice(1)'],
      'a type': ["CREATE TYPE mood AS ENUM ('sad')", "SELECT 'sad'::mood"],
      'a temporary table': ['CREATE TEMP TABLE t AS SELECT 1', 'FROM t'],
      'a temporary view': ['CREATE TEMP VIEW v AS SELECT 1', 'FROM v'],
      'a table': ['CREATE TABLE t AS SELECT 1', 'FROM t'],
      'a schema': ['CREATE SCHEMA s', 'CREATE TABLE s.t AS SELECT 1'],
      'a sequence': ['CREATE SEQUENCE q', "SELECT nextval('q')"],
      'a prepared statement': ['PREPARE p AS SELECT 1', 'EXECUTE p'],
    } as const;

    for (const [what, [definition, use]] of Object.entries(definitions)) {
      it(`${what} stays in it`, async () => {
        const other = await harness.engine.openSession();
        await harness.session.execute(definition);
        await harness.session.execute(use);
        await assert.rejects(other.execute(use), EngineError);
        await other.close();
      });
    }

    it('a variable stays in it', async () => {
      const other = await harness.engine.openSession();
      await harness.session.execute('SET VARIABLE answer = 42');
      assert.equal(await value(harness.session, "getvariable('answer')"), 42);
      assert.equal(await value(other, "getvariable('answer')"), null);
      await other.close();
    });

    for (const [name, setting] of Object.entries(sessionSettings)) {
      it(`the setting ${name} stays in it`, async () => {
        const other = await harness.engine.openSession();
        const query = `(SELECT value FROM duckdb_settings() WHERE name = '${name}')`;
        const before = await value(other, query);
        await harness.session.execute(`SET ${name} = '${setting}'`);
        const later = await harness.engine.openSession();
        assert.equal(String(await value(harness.session, query)).toLowerCase(), setting.toLowerCase());
        assert.deepEqual([await value(other, query), await value(later, query)], [before, before]);
        await Promise.all([other.close(), later.close()]);
      });
    }

    it('a setting made by PRAGMA stays in it', async () => {
      const other = await harness.engine.openSession();
      await harness.session.execute("/* mine */ PRAGMA default_null_order = 'nulls_first'");
      const nulls = '(SELECT list(x ORDER BY x) FROM (VALUES (1), (NULL)) t(x))';
      assert.deepEqual(
        [await value(harness.session, nulls), await value(other, nulls)],
        [
          [null, 1],
          [1, null],
        ],
      );
      await other.close();
    });

    it('a reset setting stays in it', async () => {
      await harness.session.execute("SET default_null_order = 'nulls_first'");
      await harness.session.execute('RESET default_null_order');
      assert.match(String(await value(harness.session, "current_setting('default_null_order')")), /last/i);
    });

    for (const statement of [
      "SET GLOBAL TimeZone = 'Asia/Tokyo'",
      'RESET GLOBAL threads',
      'SET threads = 1',
    ]) {
      it(`${statement} is refused`, () => assert.rejects(harness.session.execute(statement), EngineError));
    }

    it('is gone when it is closed', async () => {
      const other = await harness.engine.openSession();
      await other.execute('BEGIN');
      await other.execute('CREATE TABLE t AS SELECT 1');
      const count = "(SELECT count(*) FROM duckdb_databases() WHERE database_name LIKE 'session_%')";
      assert.equal(await value(harness.session, count), 2);
      await other.close();
      assert.equal(await value(harness.session, count), 1);
    });
  });

  describe('the views of a session', () => {
    it('find its macros, variables and types', async () => {
      await harness.session.execute('CREATE MACRO twice(x) AS 2 * x');
      await harness.session.execute('SET VARIABLE answer = 42');
      await harness.session.execute("CREATE TYPE mood AS ENUM ('sad')");
      await harness.session.defineView(
        'gold',
        'w',
        "SELECT twice(1), getvariable('answer'), 'sad'::mood -- all",
      );
      assert.deepEqual((await harness.session.rows('FROM gold.w')).rows, [[2, 42, 'sad']]);
    });

    it('are replaced and keep odd names', async () => {
      await harness.session.defineView('sil"ver', 'a.b', 'SELECT 1');
      await harness.session.defineView('sil"ver', 'a.b', 'SELECT 2');
      assert.deepEqual((await harness.session.rows('FROM "sil""ver"."a.b"')).rows, [[2]]);
    });

    it('are the only tables that SHOW TABLES lists', async () => {
      await harness.session.firstRows('SELECT 1', 1);
      await harness.session.execute('CREATE TABLE mine AS SELECT 1');
      assert.deepEqual((await harness.session.rows('SHOW TABLES')).rows, [['mine']]);
    });
  });

  describe('the time zone of a session', () => {
    const zone = "current_setting('TimeZone')";

    it('is UTC', async () => {
      assert.equal(await value(harness.session, zone), 'UTC');
      assert.equal(
        await value(harness.session, "TIMESTAMPTZ '2020-06-01 12:00:00+02'"),
        '2020-06-01 10:00:00+00',
      );
    });

    it('prints moments when it is another', async () => {
      await harness.session.execute("SET TimeZone = 'Europe/Zurich'");
      const moment = "TIMESTAMPTZ '2020-06-01 12:00:00+00'";
      assert.deepEqual(await value(harness.session, `[${moment}]`), ['2020-06-01 14:00:00+02']);
      assert.equal(
        (await harness.session.firstRows(`SELECT ${moment}`, 1)).rows[0]![0],
        '2020-06-01 14:00:00+02',
      );
    });

    for (const reset of ['RESET TimeZone', 'reset session timezone;', 'RESET "TimeZone"']) {
      it(`is UTC again after ${reset}`, async () => {
        await harness.session.execute("SET TIME ZONE 'Asia/Tokyo'");
        assert.equal(await value(harness.session, zone), 'Asia/Tokyo');
        await harness.session.execute(reset);
        assert.equal(await value(harness.session, zone), 'UTC');
      });
    }
  });
});
