import assert from 'node:assert/strict';
import type { References } from '../../../src/sql/parser.js';
import { collectReferences } from '../../../src/sql/walk.js';
import { duckdbRows, parseTree } from '../../support/parseTree.js';

async function references(sql: string): Promise<References> {
  return collectReferences(await parseTree(sql), sql);
}

/** One assertion for all tables: their texts as written, in order. */
async function tables(sql: string): Promise<string[]> {
  return (await references(sql)).tables.map(({ span }) => sql.slice(span.start, span.end));
}

async function unordered(sql: string): Promise<string[]> {
  return (await references(sql)).unordered.map(
    ({ what, span }) => `${what}: ${sql.slice(span.start, span.end)}`,
  );
}

const tableCases: Readonly<Record<string, readonly string[]>> = {
  'SELECT * FROM bronze.sales s JOIN memory.silver."a ""b" USING (x), c': [
    'bronze.sales',
    'memory.silver."a ""b"',
    'c',
  ],
  "FROM 'file.csv'": ["'file.csv'"],
  'TABLE a': ['a'],
  'DESCRIBE silver.a': ['silver.a'],
  'SUMMARIZE a': ['a'],
  'SELECT (SELECT max(x) FROM a), y IN (FROM b) FROM c WHERE EXISTS (FROM d)': ['a', 'b', 'c', 'd'],
  'VALUES (1), ((SELECT max(a) FROM v))': ['v'],
  'SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.x = a.x)': ['a', 'b'],
  'FROM a UNION ALL BY NAME (FROM b EXCEPT FROM c)': ['a', 'b', 'c'],
  "PIVOT (FROM a) ON x IN ('y') USING sum(z)": ['a'],
  'UNPIVOT a ON x, y INTO NAME n VALUE v': ['a'],
  'SELECT 1 FROM a LIMIT (SELECT 3 FROM b)': ['a', 'b'],
  'SELECT sum(x) FILTER (y IN (FROM b)) OVER (PARTITION BY (SELECT 1 FROM c)) FROM a': ['b', 'c', 'a'],
  'SELECT * FROM range((SELECT max(n) FROM a))': ['a'],
  'SELECT CASE WHEN true THEN (SELECT 1 FROM a) END QUALIFY (SELECT true FROM b)': ['a', 'b'],
  // A CTE is seen by those after it and by the query, without case, and not where it is qualified.
  'WITH c AS (FROM a) FROM C, silver.c': ['a', 'silver.c'],
  'WITH x AS (FROM x) FROM x': ['x'],
  'WITH a AS (FROM b), b AS (SELECT 1) FROM a, b': ['b'],
  'WITH a AS (SELECT 1), b AS (FROM a) FROM b': [],
  'WITH x AS (SELECT 1) FROM (WITH x AS (FROM x) FROM x), (FROM x)': [],
  'FROM (WITH x AS (SELECT 1) FROM x), x': ['x'],
  'WITH x AS (WITH y AS (SELECT 1) FROM y) FROM x, y': ['y'],
  'WITH x AS (SELECT 1) (FROM x UNION FROM y) LIMIT (SELECT 1 FROM x)': ['y'],
  'WITH c AS (SELECT 1) SELECT (SELECT 1 FROM c WHERE d IN (FROM c))': [],
  // Of a recursive CTE only the part after UNION sees its name; without a UNION nothing does.
  'WITH RECURSIVE r AS (FROM r UNION ALL FROM r) FROM r': ['r'],
  'WITH RECURSIVE r AS (SELECT 1 UNION ALL (WITH s AS (FROM r) FROM s, t)) FROM r': ['t'],
  'WITH RECURSIVE r AS (FROM r) FROM r': ['r'],
  'WITH r AS (SELECT 1 UNION FROM r) FROM r': ['r'],
  'WITH RECURSIVE r(a) USING KEY (a) AS (SELECT 1 UNION SELECT a FROM recurring.r, r) FROM r': [],
  'SELECT \'é😀\u00a0\' AS "ü", x FROM silver.a, b': ['silver.a', 'b'],
};

describe('collectReferences: tables', () => {
  for (const [sql, expected] of Object.entries(tableCases)) {
    it(sql, async () => assert.deepEqual(await tables(sql), expected));
  }

  it('agrees with the engine about recursive names', async () => {
    await duckdbRows("CREATE OR REPLACE TABLE outer_name AS SELECT 'table' AS n");
    const rows = await duckdbRows('WITH RECURSIVE outer_name AS (SELECT n FROM outer_name) FROM outer_name');
    assert.deepEqual(rows, [['table']]);
  });

  it('reads the parts, the alias and the version', async () => {
    const sql = 'SELECT * FROM memory.silver.t AS x(a, b) AT (VERSION => 12), u';
    const [first, second] = (await references(sql)).tables;
    const { span, at, ...parts } = first!;
    assert.deepEqual(parts, { catalog: 'memory', schema: 'silver', name: 't', alias: 'x' });
    assert.equal(sql.slice(span.start, span.end), 'memory.silver.t');
    assert.equal(at?.version, 12);
    assert.equal(sql.slice(at.span.start, at.span.end), 'AT (VERSION => 12)');
    assert.equal(second?.at, undefined);
  });

  for (const clause of ['AT (TIMESTAMP => 12)', 'AT (TIMESTAMP => now() - (d))', 'AT (VERSION => (n))']) {
    it(`gives no version for ${clause}`, async () => {
      const sql = `SELECT * FROM t ${clause}, u`;
      const [{ at }] = (await references(sql)).tables as [References['tables'][number]];
      assert.deepEqual(Object.keys(at ?? {}), ['span']);
      assert.equal(sql.slice(at?.span.start, at?.span.end), clause);
    });
  }
});

describe('collectReferences: calls', () => {
  it('reads table functions with their arguments', async () => {
    const sql = "SELECT * FROM Landing('é/*.csv', run => 'all', Header = true, n => 1) AS l, range(3)";
    const [landing, range] = (await references(sql)).tableFunctions;
    const { span, ...rest } = landing!;
    assert.deepEqual(rest, {
      name: 'landing',
      args: ['é/*.csv'],
      named: { run: 'all', header: undefined, n: '1' },
      alias: 'l',
    });
    assert.equal(sql.slice(span.start, span.end), "Landing('é/*.csv', run => 'all', Header = true, n => 1)");
    assert.deepEqual(range?.args, [undefined]);
  });

  it('names functions, without operators and table functions', async () => {
    const { functions } = await references(
      'SELECT F(a + 1), silver.g(), sum(x), rank() OVER (ORDER BY h(y)) FROM t(i(1))',
    );
    assert.deepEqual(functions, ['f', 'g', 'h', 'i', 'rank', 'sum']);
  });

  it('names types that are not built in', async () => {
    const sql =
      "SELECT a::Mood, b::INT[], c::STRUCT(x silver.feeling), d::JSON, e::ENUM('x'), TRY_CAST(f AS kind[3]) FROM t";
    assert.deepEqual((await references(sql)).types, ['feeling', 'kind', 'mood']);
    assert.deepEqual((await references('FROM t PIVOT (count(*) FOR n IN mood)')).types, ['mood']);
  });

  it('names variables, and flags names that are computed', async () => {
    const { variables, volatile } = await references("SELECT getvariable('Day') FROM f(getvariable('n'))");
    assert.deepEqual([variables, volatile], [['day', 'n'], []]);
    assert.deepEqual((await references("SELECT getvariable('a' || 'b')")).volatile, ['getvariable']);
  });

  it('counts from today with one age, not with two', async () => {
    assert.deepEqual((await references('SELECT age(d) FROM t')).volatile, ['age']);
    assert.deepEqual((await references('SELECT age(d, e) FROM t')).volatile, []);
  });

  it('finds what changes by itself', async () => {
    const sql =
      'SELECT now(), CURRENT_DATE, localtimestamp, t.current_time FROM t USING SAMPLE 10% ORDER BY random()';
    assert.deepEqual((await references(sql)).volatile, [
      'current_date',
      'localtimestamp',
      'now',
      'random',
      'sample',
    ]);
    assert.deepEqual((await references("SELECT nextval('s'), uuid() FROM t TABLESAMPLE 5")).volatile, [
      'nextval',
      'sample',
      'uuid',
    ]);
  });
});

const unorderedCases: Readonly<Record<string, readonly string[]>> = {
  'SELECT a FROM t LIMIT 3': ['LIMIT: LIMIT 3'],
  'SELECT a FROM t LIMIT 10%': ['LIMIT: LIMIT 10'],
  'SELECT a FROM t OFFSET 3': ['OFFSET: OFFSET 3'],
  'SELECT a FROM t LIMIT ALL': [],
  'SELECT a FROM t ORDER BY a LIMIT 3': [],
  'SELECT a FROM (FROM t LIMIT 1) ORDER BY a': ['LIMIT: LIMIT 1'],
  'SELECT DISTINCT ON (a) b FROM t': ['DISTINCT ON: DISTINCT ON (a'],
  'SELECT DISTINCT ON (a) b FROM t ORDER BY c': [],
  'SELECT DISTINCT a FROM t': [],
  'SELECT row_number() OVER (), row_number() OVER (PARTITION BY a ORDER BY b) FROM t': [
    'row_number: row_number()',
  ],
  'SELECT lag(a) OVER w, lead(a) OVER (PARTITION BY b), rank() OVER () FROM t WINDOW w AS (ORDER BY c)': [
    'lead: lead(a)',
  ],
  'SELECT first(a), last(a ORDER BY b), any_value(c), max(d) FROM t': ['first: first(a)'],
  "SELECT string_agg(a, ','), list(a), string_agg(a, ',' ORDER BY a) FROM t": [
    "string_agg: string_agg(a, ',')",
  ],
};

describe('collectReferences: order', () => {
  for (const [sql, expected] of Object.entries(unorderedCases)) {
    it(sql, async () => assert.deepEqual(await unordered(sql), expected));
  }
});

describe('collectReferences: rows', () => {
  const kept = [
    'SELECT * FROM t',
    "SELECT a + 1, upper(b) FROM landing('x')",
    'FROM t ORDER BY a',
    'SELECT (SELECT max(x) FROM u) FROM t',
  ];
  const changed = [
    ...[
      'SELECT 1',
      'FROM t, u',
      'FROM t WHERE a',
      'SELECT a FROM t GROUP BY a',
      'SELECT DISTINCT a FROM t',
      'FROM t LIMIT 1',
    ],
    ...[
      'SELECT sum(a) FROM t',
      'SELECT unnest(a) FROM t',
      'SELECT rank() OVER () FROM t',
      'FROM t USING SAMPLE 1',
      'FROM t TABLESAMPLE 1',
    ],
    ...[
      'FROM t UNION ALL FROM u',
      'WITH a AS (FROM t) FROM a',
      'FROM (FROM t)',
      'FROM t QUALIFY true',
      'SELECT 1 FROM t HAVING true',
    ],
    ...['SELECT a FROM t GROUP BY ALL', 'SELECT a, 1 + count(*) FROM t', 'VALUES (1)'],
  ];

  it('are all kept by a plain SELECT', async () => {
    for (const sql of kept) assert.equal((await references(sql)).keepsEveryRow, true, sql);
  });

  it('are not all kept by anything else', async () => {
    for (const sql of changed) assert.equal((await references(sql)).keepsEveryRow, false, sql);
  });
});
