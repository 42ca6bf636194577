import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertWritesOutsideTheLake } from '../../../src/app/protectedFolders.js';
import { openLake } from '../../../src/lake/lake.js';
import type { PipelineContext } from '../../../src/pipeline/context.js';
import { ProblemError } from '../../../src/protocol/problem.js';

const root = join('/', 'projects', "till's");
const context = { root, lake: openLake({ root }) } as unknown as PipelineContext;
const absolute = join(root, 'data', 'gold', 'x.csv').replaceAll("'", "''");

/** What is refused of a statement, as it is written there; undefined when it may run. */
function refused(sql: string): string | undefined {
  let found: string | undefined;
  try {
    assertWritesOutsideTheLake(sql, context, ({ start, end }) => {
      found = sql.slice(start, end);
      return {};
    });
    return undefined;
  } catch (error) {
    assert(error instanceof ProblemError && error.problem.code === 'lake.write-refused');
    return found;
  }
}

const refusedCases: Readonly<Record<string, string>> = {
  "COPY (SELECT 1) TO 'data/silver/x.parquet'": "'data/silver/x.parquet'",
  "copy silver.t to 'data/bronze'": "'data/bronze'",
  "COPY (SELECT 1) TO './data/../data/gold/x'": "'./data/../data/gold/x'",
  "COPY (SELECT 1) TO 'DATA/Gold/x'": "'DATA/Gold/x'",
  [`COPY (SELECT 1) TO '${absolute}'`]: `'${absolute}'`,
  [`COPY (SELECT 1) TO 'file://${absolute}'`]: `'file://${absolute}'`,
  'COPY (SELECT 1) TO "data/gold/x"': '"data/gold/x"',
  "COPY (SELECT 1) TO 'data/gold/..x'": "'data/gold/..x'",
  "COPY (SELECT 1) TO 'data' (FORMAT parquet, PARTITION_BY (x), OVERWRITE)": "'data'",
  "COPY (SELECT 1) TO '.' (FORMAT parquet, PARTITION_BY (x), OVERWRITE)": "'.'",
  "COPY (SELECT 1) TO '.ratatouille/x' (FORMAT csv)": "'.ratatouille/x'",
  "EXPORT DATABASE 'data/gold/all'": "'data/gold/all'",
  "EXPORT DATABASE memory TO 'data/gold/all'": "'data/gold/all'",
  "ATTACH 'data/gold/x.db' AS x": "'data/gold/x.db'",
  "ATTACH OR REPLACE 'data/gold/x.db' AS x": "'data/gold/x.db'",
  "ATTACH DATABASE IF NOT EXISTS 'data/gold/x.db'": "'data/gold/x.db'",
  "PREPARE p AS COPY (SELECT 1) TO 'data/gold/x'": "'data/gold/x'",
  "EXPLAIN ANALYZE COPY (SELECT 1) TO 'data/gold/x'": "'data/gold/x'",
  "COPY (SELECT 1) TO E'data/g\\x6fld/x'": "E'data/g\\x6fld/x'",
  'COPY (SELECT 1) TO $$data/gold/x$$': '$$data/gold/x$$',
  "COPY (SELECT 1) TO ('data/' || 'gold/x')": '(',
  'PREPARE p AS COPY (SELECT 1) TO $1': '$1',
};

const allowed: readonly string[] = [
  "COPY (SELECT 1) TO 'exports/x.csv'",
  "COPY (SELECT 1) TO 'data/landing/x.csv'",
  "COPY (SELECT 1) TO 'data/golden/x.csv'",
  'COPY (SELECT 1) TO x.csv',
  'COPY (SELECT 1) TO STDOUT',
  "COPY (SELECT 'data/gold/x' AS a, x AS to FROM t WHERE EXISTS (SELECT 1)) TO 'x.csv' (FORMAT csv, HEADER)",
  "ATTACH ':memory:' AS x",
  "ATTACH '' AS x",
  "COPY (SELECT 1) TO '..exports/x.csv'",
  "PREPARE p AS SELECT * FROM t WHERE EXISTS (SELECT 'data/gold/x')",
  "SET VARIABLE to = 'data/gold/x'",
  "CREATE TEMP TABLE t AS FROM read_parquet('data/gold/x.parquet')",
];

describe('the lake’s folders', () => {
  for (const [sql, expected] of Object.entries(refusedCases)) {
    it(`refuse ${sql.replaceAll(root, '…')}`, () => assert.equal(refused(sql), expected));
  }

  for (const sql of allowed) it(`allow ${sql}`, () => assert.equal(refused(sql), undefined));

  it('are known behind a link', () => {
    const real = mkdtempSync(join(tmpdir(), 'ratatouille-links-'));
    try {
      mkdirSync(join(real, 'data/gold'), { recursive: true });
      symlinkSync(join(real, 'data/gold'), join(real, 'reports'), 'junction');
      const linked = { root: real, lake: openLake({ root: real }) } as unknown as PipelineContext;
      const copy = "COPY (SELECT 1) TO 'reports/new/x.csv'";
      assert.throws(() => assertWritesOutsideTheLake(copy, linked, () => ({})), /belongs to the lake/);
    } finally {
      rmSync(real, { recursive: true });
    }
  });
});
