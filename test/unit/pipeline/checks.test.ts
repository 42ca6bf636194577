import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Model } from '../../../src/graph/model.js';
import type { Check } from '../../../src/notebook/checks.js';
import { bindChecks } from '../../../src/pipeline/bindChecks.js';
import { countFailures, dropRules } from '../../../src/pipeline/checks.js';
import { judgeChecks } from '../../../src/pipeline/judgeChecks.js';
import { judge } from '../../../src/pipeline/judgement.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import { projectGraph } from '../../support/projectGraph.js';
import { sharedEngine } from '../../support/sharedEngine.js';

async function modelOf(select: string, checks: readonly string[]): Promise<Model> {
  const declared = checks.map((check) => `-- @check: ${check}\n`).join('');
  const { graph } = await projectGraph(
    { a: [`${declared}CREATE TABLE silver.t AS\n${select}`] },
    { published: ['silver.stores', 'silver.none', 'silver.other'] },
  );
  const node = graph.nodes.get('silver.t') ?? assert.fail();
  assert.deepEqual(
    node.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  return node.model;
}

/** The tables that checks refer to, by name. */
const referenced: Readonly<Record<string, string>> = {
  stores: `FROM (VALUES (1, 'a'), (2, 'b'), (NULL, NULL)) AS v(id, "the name")`,
  none: 'SELECT 1 AS id WHERE false',
};
const runStartedAt = new Date('2026-03-10T12:00:00Z');

async function openSession() {
  const session = await (await sharedEngine()).openSession();
  await session.execute("SET TimeZone = 'UTC'");
  for (const [name, query] of Object.entries(referenced)) await session.defineView('silver', name, query);
  return session;
}

/** Writes the rows as a build does and judges them: kept and dropped rows, and failures by check. */
async function judged(select: string, ...checks: readonly string[]) {
  const model = await modelOf(select, checks);
  const directory = mkdtempSync(join(tmpdir(), 'ratatouille checks '));
  const session = await openSession();
  try {
    const columns = () => session.describe(model.select);
    await bindChecks(session, model, { select: model.select, columns }, {});
    const rules = dropRules(model.checks);
    const drop = rules && { rules, volatile: false };
    const { kept, dropped } = await session.writeParquet({
      select: model.select,
      directory,
      ...(drop && { drop }),
    });
    const files = { kept: kept.path, dropped };
    const scope = { model: model.key, runStartedAt };
    const said = await judgeChecks(session, model.checks, files, scope, {});
    const { results } = said;
    return {
      model,
      said,
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
  [values, 'accepted(a, 1)', 2],
  [values, 'accepted(A, 1.5, 2)', 3],
  [values, 'accepted(b, -1)', 5],
  [`${values} WHERE false`, 'accepted(a, 9)', 0],
  ["SELECT unnest(['x', 'y', NULL, 'o''k', '']) AS \"count\"", "accepted(count, 'x', 'o''k')", 2],
  ["SELECT unnest([DATE '2026-01-01', DATE '2026-01-02', NULL]) AS d", "accepted(d, '2026-01-01')", 1],
  ["SELECT unnest([DATE '2026-01-01', DATE '2026-01-02']) AS d", "accepted(d, DATE '2026-01-03')", 2],
  ['SELECT unnest([true, false, NULL]) AS b', 'accepted(b, true)', 1],
  ["SELECT unnest(['x', 'y'])::ENUM ('x', 'y') AS e", "accepted(e, 'x')", 1],
  [odd, 'accepted("a ""b""; --", 2)', 2],
  ['SELECT unnest([1, 2, 3, 3, NULL]) AS id', 'references(id, silver.stores.id)', 2],
  ['SELECT unnest([1, 2.5]) AS id', 'references(id, silver.stores.id)', 1],
  ["SELECT unnest(['a', 'c', NULL]) AS \"select\"", 'references("select", silver.stores."the name")', 1],
  ['SELECT unnest([1, NULL]) AS id', 'references(id, silver.none.id)', 1],
  ['SELECT 1 AS id WHERE false', 'references(id, silver.stores.id)', 0],
  ['FROM (VALUES (1, NULL), (2, 1), (3, 9)) v(id, boss)', 'references(boss, silver.t.id)', 1],
  [values, 'count(*) > 0', 0],
  [`${values} WHERE false`, 'count(*) > 0', 1],
  [`${values} WHERE false`, 'sum(a) > 0', 0],
  [values, 'sum(a) > 7 AND max(b) < 3', 1],
  [values, 'count(*) FILTER (WHERE a = 2) = 2', 0],
  ['SELECT 5 AS sum, 6 AS "max"', 'sum > 6 OR max > 6', 1],
  ['SELECT 5 AS count', 'count > (SELECT max(x) FROM unnest([1, 7]) AS v(x))', 1],
  ["SELECT unnest([TIMESTAMP '2026-03-08 12:00:00', NULL]) AS t", "fresh(t, '2 days')", 0],
  ["SELECT TIMESTAMP '2026-03-08 11:59:59' AS t", 'fresh(t, INTERVAL 2 DAY)', 1],
  ["SELECT TIMESTAMPTZ '2026-03-08 13:00:00+01' AS t", "fresh(t, '48 hours')", 0],
  ["SELECT TIMESTAMPTZ '2026-03-08 12:59:59+01' AS t", "fresh(t, '48 hours')", 1],
  ["SELECT DATE '2026-03-08' AS t", "fresh(t, '2 days')", 0],
  ['SELECT DATE \'2026-03-07\' AS "max"', "fresh(max, '2 days')", 1],
  ['SELECT NULL::DATE AS t', "fresh(t, '2 days')", 1],
  ['SELECT NULL::DATE AS t WHERE false', "fresh(t, '2 days')", 1],
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
    const { model, said } = await judged(
      values,
      'a > 1 | warn',
      'unique(a, b)',
      'not_null(a) | drop',
      'b = 1 OR true',
    );
    const problems = judge(model, said).map(
      ({ code, message, place }) => `${code} ${place?.line}:${place?.column} ${message}`,
    );
    assert.deepEqual(problems, [
      'check.warned 1:12 silver.t: the check a > 1 fails for 3 rows.',
      'check.failed 2:12 silver.t: the check unique(a, b) fails for 1 row.',
    ]);
  });

  it('drop what is not accepted and refers to nothing', async () => {
    const select = "FROM (VALUES (1, 'x'), (3, 'x'), (NULL, NULL), (1, 'z'), (4, 'z')) AS v(id, s)";
    const { rows, failures } = await judged(
      select,
      "accepted(s, 'x') | drop",
      'references(id, silver.stores.id) | drop',
    );
    assert.deepEqual(
      [rows, failures],
      [
        [2, 3],
        [2, 2],
      ],
    );
  });

  it('drop all that refers into an empty table, and no NULL', async () => {
    const { rows, failures } = await judged(
      'SELECT unnest([1, NULL]) AS id',
      'references(id, silver.none.id) | drop',
    );
    assert.deepEqual([rows, failures], [[1, 1], [1]]);
  });

  it('judge the table by the rows that are left', async () => {
    const { results } = await judged(values, 'a < 2 | drop', 'sum(a) > 5 | warn', 'count(*) = 5');
    assert.deepEqual(
      results.map(({ failures, found }) => [failures, found]),
      [
        [2, undefined],
        [1, [{ aggregate: 'sum(a)', value: '3' }]],
        [0, [{ aggregate: 'count(*)', value: '5' }]],
      ],
    );
  });

  it('tell the values of a rule of the table', async () => {
    const checks = [
      'sum(a) > 70 AND max(b) < 3 | warn',
      "fresh(t, '1 day') | warn",
      "fresh(u, '1 day') | warn",
    ];
    const select = "SELECT 1 AS a, NULL::INT AS b, DATE '2026-01-02' AS t, NULL::DATE AS u";
    const { model, said } = await judged(select, ...checks);
    assert.deepEqual(
      judge(model, said).map(({ message }) => message),
      [
        'silver.t: the check sum(a) > 70 AND max(b) < 3 fails: sum(a) is 1, max(b) is NULL.',
        "silver.t: the check fresh(t, '1 day') fails: the newest t is 2026-01-02.",
        "silver.t: the check fresh(u, '1 day') fails: no row has a u.",
      ],
    );
  });

  const unjudged: Readonly<Record<string, RegExp>> = {
    'accepted(aa, 1)': /^1:21-23 .*silver.t has no column aa. Did you mean a\?/,
    'unique(a, bb)': /^1:22-24 .*silver.t has no column bb. Did you mean b\?/,
    'references(a, silver.stores.idd)': /^1:40-43 .*silver.stores has no column idd. Did you mean id\?/,
    'references(a, silver.stores."the name")':
      /^1:40-50 .*a is INTEGER, but silver.stores.the name is VARCHAR/,
    'references(a, silver.t.c)': /^1:35-36 .*silver.t has no column c/,
    "accepted(a, 1, 'x')": /^1:27-30 .*a is INTEGER, which 'x' is not/,
    'accepted(d, 1)': /^1:24-25 .*d is DATE, which 1 is not/,
    "accepted(d, '2026-02-31')": /^1:24-36 .*can't be judged/,
    "fresh(a, '1 day')": /^1:18-19 .*a is INTEGER, no date or time/,
    'sum(a)': /^1:12-18 .*it gives HUGEINT, not true or false/,
    'sum(a) > b': /^1:21-22 .*must appear in the GROUP BY/,
    'nothing(a) > 1': /^1:12-19 .*nothing does not exist/,
    'quantiti <> 0': /^1:12-20 .*"quantiti" not found.* Did you mean quantity\?/,
    'a > 1 AND sum(quantiti) > 0': /^1:26-34 .*"quantiti" not found.* Did you mean quantity\?/,
    'a > 1\n--     AND\n--\tquantiti <> 0 | drop': /^3:4-12 .* Did you mean quantity\?/,
    '\n--   quantiti <> 0': /^2:6-14 .* Did you mean quantity\?/,
    'length(lenth(d)) > 0': /^1:19-24 .*lenth does not exist.* Did you mean length/,
    'a < (SELECT max(idd) FROM silver.stores)': /^1:28-31 .* Did you mean id\?/,
    'zzzzzz > 0': /^1:12-18 .* Its columns are a, b, d, quantity\./,
    'a betwen 1 AND 2': /^1:14-20 .*syntax error.* Did you mean BETWEEN\?/,
  };
  for (const [check, expected] of Object.entries(unjudged)) {
    it(`are refused before a row is written: ${check}`, async () => {
      const select = "SELECT 1 AS a, 2 AS b, DATE '2026-01-01' AS d, 3 AS quantity";
      await assert.rejects(judged(select, check), (error: unknown) => {
        assert(error instanceof ProblemError);
        const { message, hint, place } = error.problem;
        assert.match(`${place?.line}:${place?.column}-${place?.endColumn} ${message} ${hint}`, expected);
        return true;
      });
    });
  }
});

describe('checks of random tables', () => {
  const key = fc.option(fc.integer({ min: 0, max: 6 }), { nil: null });
  const keys = (min: number) => fc.array(key, { minLength: min, maxLength: 12 });
  const table = (rows: readonly (number | null)[]) =>
    `SELECT unnest([${rows.map((row) => row ?? 'NULL').join(', ')}]::INTEGER[]) AS "a key"`;

  it('count as counting by hand does', async () => {
    const session = await openSession();
    const model = await modelOf('SELECT 1 AS "a key"', [
      'accepted("a key", 1, 3, 5)',
      'references("a key", silver.other."a key")',
      'references("a key", silver.t."a key")',
      'unique("a key")',
      'not_null("a key")',
    ]);
    const property = fc.asyncProperty(keys(0), keys(0), async (rows, others) => {
      await session.defineView('silver', 'other', table(others));
      await session.defineView('silver', 't rows', table(rows));
      const scope = { model: model.key, runStartedAt };
      const { sql } = countFailures(model.checks, 'silver."t rows"', scope);
      const [counted] = (await session.rows(sql)).rows;
      const there = rows.filter((row) => row !== null);
      const expected = [
        there.filter((row) => ![1, 3, 5].includes(row)).length,
        there.filter((row) => !others.includes(row)).length,
        0,
        there.length - new Set(there).size,
        rows.length - there.length,
      ];
      assert.deepEqual(counted?.map(Number), expected);
      const [split] = (
        await session.rows(
          `SELECT count(*) FILTER (${dropRules(dropping(model))
            ?.map(({ when }) => when)
            .join(' OR ')}) FROM silver."t rows"`,
        )
      ).rows;
      const dropped = there.filter((row) => ![1, 3, 5].includes(row) || !others.includes(row));
      assert.equal(Number(split?.[0]), dropped.length);
    });
    await fc.assert(property, { numRuns: process.env.RATATOUILLE_DEEP === '1' ? 5000 : 60 });
    await session.close();
  });
});

function dropping({ checks }: Model): readonly Check[] {
  return checks.slice(0, 2).map((check) => ({ ...check, action: 'drop' as const }));
}
