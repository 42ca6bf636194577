import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../src/app/openProject.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import { projectForEach, run, runOnce } from './runs.js';

describe('the log of runs', () => {
  const project = projectForEach();
  const logs = (): string => join(project().root, '.ratatouille', 'logs');

  function messages(): readonly string[] {
    const lines = readFileSync(join(logs(), '0001.jsonl'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => (JSON.parse(line) as { message: string }).message);
  }

  it('tells how a run began and ended', async () => {
    project().notebook(
      'a',
      'CREATE TABLE bronze.a AS FROM range(3)',
      'CREATE TABLE silver.a AS FROM bronze.a',
    );
    await runOnce(project(), { select: ['+silver.a'] });
    const [began, ended, ...more] = messages();
    assert.equal(began, 'Run 1 of prod began: +silver.a.');
    assert.match(ended ?? '', /^Run 1 succeeded after \d+ ms: 2 built; 6 rows built\.$/);
    assert.deepEqual(more, []);
  });

  it('tells of a failure by its code, without a value', async () => {
    project().notebook('a', "CREATE TABLE bronze.a AS SELECT CAST('SECRET' AS INTEGER) AS n");
    await runOnce(project());
    assert.doesNotMatch(messages().join(), /SECRET/);
    assert.equal(messages()[1], 'Run 1: bronze.a failed: sql.failed.');
  });

  it('does not quote a file that can not be read', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS n');
    project().write('.ratatouille/cache/notebooks.json', '{"SECRET');
    await runOnce(project());
    assert.match(messages()[0] ?? '', /notebooks\.json can't be read and counts as missing: SyntaxError$/);
  });

  it('is where a fault of ours can be found', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS n');
    const syncFile = () => Promise.reject(new TypeError('moved into nowhere'));
    const opened = await openProject(
      { directory: project().root },
      { fileSystem: { ...nodeFileSystem, syncFile } },
    );
    const { models } = await run(opened);
    await opened.close();
    const { message, hint, code } = models[0]?.problems[0] ?? assert.fail();
    assert.deepEqual([code, message], ['internal', 'Ratatouille met a fault of its own: moved into nowhere']);
    assert.match(hint ?? '', /is in \.ratatouille\/logs\/0001\.jsonl\./);
    assert.match(
      readFileSync(join(logs(), '0001.jsonl'), 'utf8'),
      /TypeError: moved into nowhere",".*at [^"]*syncFile/,
    );
  });

  it('is not made by looking', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS n');
    await project().use(async (opened) => {
      await opened.status();
      await opened.plan({ select: [], fullRefresh: false });
      await opened.query('SELECT 1', {});
    });
    assert.equal(existsSync(logs()), false);
  });

  it('that can not be written fails no run', async () => {
    project().notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS n');
    project().write('.ratatouille/other', '');
    writeFileSync(logs(), 'in the way');
    assert.equal((await runOnce(project())).status, 'succeeded');
    assert.equal(readdirSync(join(project().root, 'data', 'bronze')).length, 1);
  });
});
