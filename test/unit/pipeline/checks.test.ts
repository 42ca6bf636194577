import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '../../../src/graph/model.js';
import { dropCondition, judge } from '../../../src/pipeline/checks.js';
import { judgeChecks } from '../../../src/pipeline/judgeChecks.js';
import { projectGraph } from '../../support/projectGraph.js';
import { sharedEngine } from '../../support/sharedEngine.js';

async function modelOf(select: string, checks: readonly string[]): Promise<Model> {
  const declared = checks.map((check) => `-- @check: ${check}\n`).join('');
  const { graph } = await projectGraph({ a: [`${declared}CREATE TABLE silver.t AS\n${select}`] });
  const node = graph.nodes.get('silver.t') ?? assert.fail();
  assert.deepEqual(
    node.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  return node.model;
}

/** Writes the rows as a build does and judges them: kept and dropped rows, and failures by check. */
async function judged(select: string, ...checks: readonly string[]) {
  const model = await modelOf(select, checks);
  const directory = mkdtempSync(join(tmpdir(), 'ratatouille checks '));
  const session = await (await sharedEngine()).openSession();
  try {
    const dropWhen = dropCondition(model.checks);
    const request = { select: model.select, directory, ...(dropWhen === undefined ? {} : { dropWhen }) };
    const { kept, dropped } = await session.writeParquet(request);
    const results = await judgeChecks(session, model.checks, kept.path, dropped?.path, {});
    return {
      model,
      results,
      rows: [kept.rows, dropped?.rows ?? 0],
      failures: results.map((each) => each.failures),
    };
  } finally {
    await session.close();
    rmSync(directory, { recursive: true });
  }
}

const values = 'FROM (VALUES (1, 1), (1, NULL), (1, NULL), (2, 1), (2, 1), (NULL, 3), (NULL, 3)) AS v(a, b)';
const odd = 'SELECT * FROM (VALUES (1, 1), (1, NULL)) AS v("a ""b""; --", "select")';

const failureCases: readonly (readonly [string, string, number])[] = [
  [values, 'a > 1', 3],
  [values, 'a = 1 OR a = 2', 0],
  [values, 'b IS NOT NULL', 2],
  [values, 'not_null(a)', 2],
  [values, 'not_null(a, b)', 4],
  [values, 'unique(a)', 3],
  [values, 'unique(a, b)', 1],
  [values, 'unique(B, A)', 1],
  [`${values} WHERE false`, 'unique(a)', 0],
  [`${values} WHERE false`, 'a > 1', 0],
  [odd, 'not_null("a ""b""; --", "select")', 1],
  [odd, 'unique("a ""b""; --")', 1],
  [odd, '"a ""b""; --" > 1', 2],
  ["SELECT 'x|y' AS s", "s = 'x|y'", 0],
  ["SELECT 'x' AS s", "s LIKE '%;--)%'", 1],
];

describe('checks', () => {
  for (const [select, check, expected] of failureCases) {
    it(`count ${expected} for ${check}${select.includes('false') ? ' without rows' : ''}`, async () => {
      const { failures } = await judged(select, `${check} | warn`);
      assert.deepEqual(failures, [expected]);
    });
  }

  it('drop what is false or missing, and keep what is unknown', async () => {
    const { rows, failures } = await judged(values, 'b > 1 | drop', 'not_null(a) | drop');
    assert.deepEqual(rows, [2, 5]);
    assert.deepEqual(failures, [3, 2]);
  });

  it('judge the others on the rows that are left', async () => {
    const { rows, failures } = await judged(values, 'unique(a) | warn', 'a < 2 | drop', 'a < 2 | warn');
    assert.deepEqual(rows, [5, 2]);
    assert.deepEqual(failures, [2, 2, 0]);
  });

  it('drop nothing where every row holds', async () => {
    const { rows, failures } = await judged(values, 'a < 9 | drop');
    assert.deepEqual([rows, failures], [[7, 0], [0]]);
  });

  it('drop every row and keep the columns', async () => {
    const { rows, failures } = await judged(
      values,
      'a > 9 OR a IS NOT NULL AND false | drop',
      'not_null(a) | drop',
    );
    assert.deepEqual(
      [rows, failures],
      [
        [0, 7],
        [5, 2],
      ],
    );
  });

  it('keep an alternative in parentheses of its own', async () => {
    const { rows } = await judged('SELECT 1 AS a', 'false OR a = 1 | drop', 'a = 2 OR a = 1 | drop');
    assert.deepEqual(rows, [1, 0]);
  });

  it('become problems by their actions, at their places', async () => {
    const { model, results } = await judged(
      values,
      'a > 1 | warn',
      'unique(a, b)',
      'not_null(a) | drop',
      'b = 1 OR true',
    );
    const problems = judge(model, results).map(
      ({ code, message, place }) => `${code} ${place?.line}:${place?.column} ${message}`,
    );
    assert.deepEqual(problems, [
      'check.warned 1:12 silver.t: the check a > 1 fails for 3 rows.',
      'check.failed 2:12 silver.t: the check unique(a, b) fails for 1 row.',
    ]);
  });
});
