import assert from 'node:assert/strict';
import { endings, projectForEach, runOnce } from './runs.js';

const table = (...checks: readonly string[]) =>
  [
    ...checks.map((check) => `-- @check: ${check}`),
    'CREATE TABLE silver.s AS SELECT unnest([1, 2, 3]) AS id;',
  ].join('\n');

describe('checks judged on what is published', () => {
  const project = projectForEach((temporary) => temporary.notebook('a', table('id > 0 | fail')));
  const check = (...select: readonly string[]) => project().use((opened) => opened.check({ select }));
  const checkWith = async (...checks: readonly string[]) => {
    project().notebook('a', table(...checks));
    const { tables, problems } = await check();
    return { tables, codes: problems.map(({ code, severity }) => `${severity} ${code}`), problems };
  };

  beforeEach(() => runOnce(project()));

  it('hold, and nothing is published', async () => {
    const { tables, problems } = await check();
    assert.deepEqual(
      [tables, problems],
      [[{ name: 'silver.s', version: 1, run: 1, rows: 3, checks: [], passed: ['id > 0'] }], []],
    );
    assert.deepEqual(endings(await runOnce(project())), { 'silver.s': 'skipped: unchanged since run 1' });
  });

  it('fail by a changed rule, with the first rows', async () => {
    const { tables, codes, problems } = await checkWith('id > 1 | fail', 'id < 3 | warn');
    assert.deepEqual(codes, ['error check.failed', 'warning check.warned']);
    assert.deepEqual(
      tables[0]?.checks.map(({ check, action, failures, failing }) => [
        check,
        action,
        failures,
        failing?.rows,
      ]),
      [
        ['id > 1', 'fail', 1, [[1]]],
        ['id < 3', 'warn', 1, [[3]]],
      ],
    );
    assert.match(problems[0]?.hint ?? '', /^What is published stays\./);
  });

  it('fail where a rule would drop published rows', async () => {
    const { codes, problems, tables } = await checkWith('id > 1 | drop');
    assert.deepEqual(codes, ['error check.failed']);
    assert.equal(problems[0]?.message, 'silver.s: 1 published row breaks the check id > 1.');
    assert.deepEqual(tables[0]?.checks[0]?.failing?.rows, [[1]]);
  });

  it('only warn where they warn', async () => {
    assert.deepEqual((await checkWith('id > 1 | warn')).codes, ['warning check.warned']);
  });

  it('say which rule can’t be judged', async () => {
    const { codes, problems } = await checkWith('size > 1 | warn');
    assert.deepEqual(codes, ['error notebook.declaration']);
    assert.deepEqual(problems[0]?.place?.notebook, 'notebooks/a.ratnb');
  });

  it('can’t judge what was never built', async () => {
    project().notebook('b', '-- @check: n > 0\nCREATE TABLE gold.g AS SELECT 1 AS n;');
    const { problems } = await check('gold.g');
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['graph.never-built'],
    );
  });

  it('are judged for a selection, and tables without any are named', async () => {
    project().notebook('b', 'CREATE TABLE gold.g AS SELECT 1 AS n;');
    await runOnce(project());
    const { tables, withoutChecks } = await check();
    assert.deepEqual([tables.map(({ name }) => name), withoutChecks], [['silver.s'], ['gold.g']]);
    assert.deepEqual((await check('gold.g')).tables, []);
  });
});
