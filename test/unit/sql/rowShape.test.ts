import assert from 'node:assert/strict';
import { rowShape } from '../../../src/sql/rowShape.js';
import { parseTree } from '../../support/parseTree.js';

/** The source and what happens to its rows, or why it can't be told. */
async function shape(sql: string): Promise<string> {
  const found = rowShape(await parseTree(sql));
  if (!found.countable) return found.why;
  const { source, filters, deduplicates } = found;
  const from = source.kind === 'table' ? [source.schema, source.name].join('.') : `${source.name}()`;
  return [from, ...(filters ? ['filters'] : []), ...(deduplicates ? ['deduplicates'] : [])].join(' ');
}

const shapes: Readonly<Record<string, string>> = {
  'SELECT a, rank() OVER (ORDER BY b) FROM silver.t ORDER BY 1': 'silver.t',
  "SELECT * FROM landing('a.csv')": 'landing()',
  'SELECT a, (SELECT max(b) FROM silver.u) FROM silver.t WHERE a IN (FROM silver.u)': 'silver.t filters',
  'SELECT DISTINCT a FROM silver.t WHERE b': 'silver.t filters deduplicates',
  'SELECT DISTINCT ON (a) b FROM silver.t': 'silver.t deduplicates',
  'SELECT a FROM silver.t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1': 'silver.t deduplicates',
  'SELECT a FROM silver.t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1 AND a > 1':
    'silver.t filters deduplicates',
  'SELECT a, rank() OVER (ORDER BY b) AS r FROM silver.t QUALIFY r < 3': 'silver.t filters deduplicates',
  'WITH x AS (FROM silver.t WHERE a), y AS (SELECT DISTINCT * FROM x) SELECT * FROM Y':
    'silver.t filters deduplicates',
  'WITH t AS (FROM silver.t), u AS (FROM t), t2 AS (FROM u) FROM (SELECT a FROM t2) AS s': 'silver.t',
  'WITH a AS (FROM b), b AS (SELECT DISTINCT x FROM silver.u) FROM a': '.b',
  'WITH t AS (FROM silver.t) FROM silver.t': 'silver.t',
  'FROM (SELECT DISTINCT a FROM silver.t) WHERE a > 1': 'a WHERE stands above the removal of duplicates',
  'SELECT 1': 'it reads no table',
  'FROM (VALUES (1)) AS v(a)': 'it reads no table',
  'SELECT count(*) FROM silver.t': 'an aggregate is one row of many',
  'SELECT a FROM silver.t GROUP BY ALL': 'a group is one row of many',
  'SELECT a FROM silver.t GROUP BY a': 'a group is one row of many',
  'SELECT a + unnest(b) FROM silver.t': 'unnest makes many rows of one',
  'FROM silver.t LIMIT 3': 'LIMIT takes some of the rows',
  'FROM silver.t LIMIT 10%': 'LIMIT takes some of the rows',
  'FROM silver.t USING SAMPLE 3': 'a sample takes some of the rows',
  'FROM silver.t TABLESAMPLE 3%': 'a sample takes some of the rows',
  'FROM silver.t JOIN silver.u USING (a)': 'joins can multiply rows',
  'FROM silver.t, silver.u': 'joins can multiply rows',
  'FROM silver.t UNION ALL FROM silver.u': 'it puts queries together',
  'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r':
    'it is more than one SELECT',
};

describe('the shape of a SELECT', () => {
  for (const [sql, expected] of Object.entries(shapes)) {
    it(`${sql}: ${expected}`, async () => assert.equal(await shape(sql), expected));
  }
});
