import assert from 'node:assert/strict';
import { classify } from '../../../src/sql/classify.js';
import { type EmbeddedQuery, sourceOffset } from '../../../src/sql/statement.js';
import { parseTree } from '../../support/parseTree.js';

/** The statement's kind in a few words, so that one line a case says what is expected. */
function summary(sql: string): string {
  const kind = classify(sql);
  switch (kind.kind) {
    case 'model':
      return `model ${kind.form} ${kind.target.layer}.${kind.target.name}: ${kind.select.text}`;
    case 'refused model':
      return `refused ${kind.code}: ${kind.hint}`;
    case 'session':
      return [`session ${kind.what} ${kind.name}`, ...kind.queries.map(({ text }) => text)].join(' | ');
    case 'query':
      return `${kind.verb}: ${kind.query.text}`;
    case 'lake write':
      return `write ${kind.verb} ${kind.target.text}`;
    case 'drop':
      return `drop ${kind.what} ${kind.table.layer}.${kind.table.name}`;
    case 'other':
      return [`other ${kind.verb}`, ...(kind.query === undefined ? [] : [kind.query.text])].join(' | ');
  }
}

const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  models: {
    'CREATE TABLE bronze.a AS SELECT 1': 'model table bronze.a: SELECT 1',
    'create or replace table "SILVER"."Sales" as (from x)': 'model table silver.Sales: (from x)',
    'CREATE /* x */ VIEW gold.v AS -- y\n WITH a AS (SELECT 1) FROM a -- z':
      'model view gold.v: WITH a AS (SELECT 1) FROM a',
    'CREATE TABLE gold.p AS PIVOT x ON y USING sum(z)': 'model table gold.p: PIVOT x ON y USING sum(z)',
    'CREATE TABLE gold.d AS WITH data AS (SELECT 1) FROM data':
      'model table gold.d: WITH data AS (SELECT 1) FROM data',
  },
  'refused models': {
    'CREATE TABLE IF NOT EXISTS silver.a AS SELECT 1':
      'refused model.form: Write CREATE OR REPLACE TABLE silver.a AS SELECT …, which means the same each time.',
    'CREATE TABLE silver.a (x INT)':
      'refused model.form: Write CREATE OR REPLACE TABLE silver.a AS SELECT … and give names and types there: CAST(x AS DATE) AS day.',
    'CREATE VIEW silver.a(x) AS SELECT 1':
      'refused model.form: Write CREATE OR REPLACE VIEW silver.a AS SELECT … and give names and types there: CAST(x AS DATE) AS day.',
    'CREATE TABLE silver.a': 'refused model.form: Write CREATE OR REPLACE TABLE silver.a AS SELECT …',
    'CREATE TABLE silver.a AS': 'refused model.form: Write CREATE OR REPLACE TABLE silver.a AS SELECT …',
    'CREATE TEMP TABLE silver.a AS SELECT 1':
      'refused model.form: Write CREATE OR REPLACE TABLE silver.a AS SELECT …',
    'CREATE RECURSIVE VIEW silver.a(x) AS SELECT 1':
      'refused model.form: Write CREATE OR REPLACE VIEW silver.a AS WITH RECURSIVE …',
    'CREATE MATERIALIZED VIEW gold.a AS SELECT 1':
      'refused model.form: Write CREATE OR REPLACE TABLE gold.a AS SELECT …',
    'CREATE TABLE memory.gold.a AS SELECT 1': 'refused model.form: Write gold.a.',
    'CREATE TABLE gold.a AS SELECT 1 WITH NO DATA':
      'refused model.form: Leave the clause out: a model always has its rows.',
    'CREATE TABLE gold."a b" AS SELECT 1': 'refused model.name: Choose another name.',
    'CREATE TABLE gold.nul AS SELECT 1': 'refused model.name: Choose another name.',
  },
  session: {
    'CREATE MACRO f(a, b := 2) AS a + b': 'session macro f | SELECT (a + b)',
    'CREATE OR REPLACE TEMP FUNCTION main."F"() AS (SELECT max(x) FROM t)':
      'session macro f | SELECT ((SELECT max(x) FROM t))',
    'CREATE MACRO f(a) AS [a, 1], (a, b) AS {x: a, y: b}':
      'session macro f | SELECT ([a, 1]) | SELECT ({x: a, y: b})',
    'CREATE MACRO f(a) AS TABLE SELECT a, (b) AS c, (d) FROM t':
      'session macro f | SELECT a, (b) AS c, (d) FROM t',
    'CREATE MACRO f(a) AS TABLE (FROM t), (a, b) AS TABLE (FROM u)': 'session macro f | (FROM t) | (FROM u)',
    "CREATE TYPE Mood AS ENUM ('a', 'b')": "session type mood | SELECT CAST(NULL AS ENUM ('a', 'b'))",
    'CREATE TYPE m AS ENUM (SELECT x FROM silver.t)': 'session type m | SELECT x FROM silver.t',
    'CREATE TYPE m AS STRUCT(a other)': 'session type m | SELECT CAST(NULL AS STRUCT(a other))',
    'SET VARIABLE X = (SELECT 1)': 'session variable x | SELECT ((SELECT 1))',
    'SET VARIABLE x=-1': 'session variable x | SELECT (-1)',
    'RESET VARIABLE x': 'session variable x',
    'CREATE OR REPLACE TEMP TABLE T AS FROM silver.s': 'session temporary table t | FROM silver.s',
    'CREATE TEMPORARY VIEW v AS SELECT 1': 'session temporary view v | SELECT 1',
    'CREATE TEMP TABLE t (a INT)': 'session temporary table t',
    'CREATE TEMP VIEW temp.v(x) AS SELECT 1': 'session temporary view v | SELECT 1',
    "SET TimeZone = 'UTC'": 'session setting timezone',
    "SET TIME ZONE 'UTC'": 'session setting timezone',
    "SET SESSION default_order = 'desc'": 'session setting default_order',
    'RESET default_null_order': 'session setting default_null_order',
  },
  queries: {
    'SELECT 1': 'select: SELECT 1',
    '(SELECT 1) UNION (SELECT 2)': 'select: (SELECT 1) UNION (SELECT 2)',
    'WITH RECURSIVE insert(a) USING KEY (a) AS NOT MATERIALIZED (SELECT 1), u AS (SELECT 2) FROM insert':
      'with: WITH RECURSIVE insert(a) USING KEY (a) AS NOT MATERIALIZED (SELECT 1), u AS (SELECT 2) FROM insert',
    'FROM gold.x': 'from: FROM gold.x',
    'SUMMARIZE gold.x': 'summarize: SUMMARIZE gold.x',
    'PIVOT x ON y': 'pivot: PIVOT x ON y',
    'EXPLAIN ANALYZE SELECT 1': 'explain: SELECT 1',
    'EXPLAIN (FORMAT json) FROM x': 'explain: FROM x',
    'EXPLAIN (SELECT 1)': 'explain: (SELECT 1)',
    'EXPLAIN CREATE TABLE gold.x AS SELECT 1': 'explain: SELECT 1',
    'EXPLAIN ANALYZE CREATE TABLE gold.x AS SELECT 1': 'other explain',
  },
  'writes to the lake': {
    'INSERT OR REPLACE INTO silver.t BY NAME SELECT 1': 'write INSERT silver.t',
    'WITH a AS (SELECT 1) INSERT INTO "gold"."t" FROM a': 'write INSERT "gold"."t"',
    'UPDATE bronze.t SET a = 1': 'write UPDATE bronze.t',
    'DELETE FROM memory.silver.t': 'write DELETE memory.silver.t',
    'TRUNCATE TABLE silver.t': 'write TRUNCATE silver.t',
    'ALTER TABLE IF EXISTS silver.t ADD COLUMN a INT': 'write ALTER silver.t',
    'MERGE INTO silver.t USING u ON a = b WHEN MATCHED THEN DELETE': 'write MERGE silver.t',
    "COPY silver.t (a, b) FROM 'x.csv'": 'write COPY silver.t',
    "COMMENT ON TABLE silver.t IS 'x'": 'write COMMENT silver.t',
    "COMMENT ON COLUMN silver.t.a IS 'x'": 'write COMMENT silver.t.a',
    'CREATE UNIQUE INDEX i ON silver.t (a)': 'write CREATE INDEX silver.t',
    'EXPLAIN ANALYZE DELETE FROM silver.t': 'write DELETE silver.t',
    'DROP SCHEMA gold CASCADE': 'write DROP SCHEMA gold',
  },
  drops: {
    'DROP TABLE IF EXISTS Silver.T': 'drop table silver.T',
    'DROP VIEW gold.v': 'drop view gold.v',
    'DROP TABLE t': 'other drop',
    'DROP MACRO silver.f': 'other drop',
  },
  'everything else': {
    'CREATE TABLE x AS SELECT 1': 'other create | SELECT 1',
    'CREATE TABLE x (a INT)': 'other create',
    'CREATE SCHEMA bronze': 'other create',
    'CREATE SEQUENCE s': 'other create',
    'INSERT INTO x VALUES (1)': 'other insert',
    "COPY (SELECT * FROM gold.x) TO 'x.csv'": 'other copy | SELECT * FROM gold.x',
    "COPY gold.x TO 'x.csv'": 'other copy | FROM gold.x',
    'SET threads = 1': 'other set',
    "SET GLOBAL TimeZone = 'UTC'": 'other set',
    'USE silver': 'other use',
    "ATTACH 'x.db'": 'other attach',
    'CREATE MACRO': 'other create',
    '42': 'other ',
    '': 'other ',
  },
};

/** Every SELECT in a case that the engine must be able to parse. */
function embedded(sql: string): readonly EmbeddedQuery[] {
  const kind = classify(sql);
  if (kind.kind === 'session') return kind.queries;
  return kind.kind === 'model'
    ? [kind.select]
    : 'query' in kind && kind.query !== undefined
      ? [kind.query]
      : [];
}

describe('classify', () => {
  for (const [title, cases] of Object.entries(groups)) {
    it(title, () => {
      for (const [sql, expected] of Object.entries(cases)) assert.equal(summary(sql), expected, sql);
    });
  }

  it('gives queries that the engine parses', async () => {
    const all = Object.values(groups).flatMap((cases) => Object.keys(cases).flatMap(embedded));
    const parsed = all.filter(({ text }) => !/^PIVOT/.test(text));
    assert.ok(parsed.length > 30);
    for (const { text } of parsed) await assert.doesNotReject(parseTree(text), text);
  });

  it('gives spans into the source around', () => {
    const source = '-- a\nCREATE MACRO f(x) AS g(x); SELECT 2';
    const kind = classify(source, { start: 5, end: 30 });
    assert.equal(kind.kind, 'session');
    const query = kind.queries[0]!;
    assert.equal(source.slice(query.span.start, query.span.end), 'g(x)');
    assert.equal(sourceOffset(query, query.text.indexOf('x')), source.indexOf('x)', 25));
    assert.equal(source.slice(kind.span.start, kind.span.end), 'f');
  });
});
