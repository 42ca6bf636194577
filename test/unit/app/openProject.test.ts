import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../../src/app/openProject.js';
import { plainFiles } from '../../support/generations.js';
import { problemFrom, projectForEach, rows, run, runOnce, statuses } from './runs.js';

describe('openProject', () => {
  const project = projectForEach((temporary) =>
    temporary.notebook('a', 'CREATE TABLE bronze.a AS SELECT 1 AS n'),
  );

  it('finds the project from a folder below', async () => {
    mkdirSync(join(project().root, 'data', 'landing'), { recursive: true });
    const opened = await openProject({ directory: join(project().root, 'data', 'landing') });
    assert.deepEqual([opened.root, opened.name], [project().root, 'test']);
    await opened.close();
  });

  it('refuses bad settings and a missing project', async () => {
    project().write('ratatouille.json', '{"nmae": "x"}');
    assert.equal((await problemFrom(openProject({ directory: project().root }))).code, 'project.settings');
    const outside = join(project().root, '..');
    assert.equal((await problemFrom(openProject({ directory: outside }))).code, 'project.missing');
  });

  it('writes nothing by itself', async () => {
    await project().use(async (opened) => {
      await opened.plan({ select: [], fullRefresh: false });
      await opened.status();
    });
    assert.deepEqual(readdirSync(project().root).sort(), ['.ratatouille', 'notebooks', 'ratatouille.json']);
    assert.deepEqual(readdirSync(join(project().root, '.ratatouille')).sort(), ['cache', 'spill']);
  });

  it('keeps environments apart, with plain names of one', async () => {
    await project().use((opened) => run(opened), { environment: 'dev' });
    assert.deepEqual(plainFiles(project().root), []);
    assert.deepEqual(statuses(await runOnce(project())), { 'bronze.a': 'built' });
    assert.deepEqual(plainFiles(project().root), ['bronze/a.parquet']);
    assert.deepEqual(await project().use((opened) => rows(opened, 'FROM bronze.a'), { environment: 'dev' }), [
      [1],
    ]);
  });

  it('uses the settings’ time zone', async () => {
    project().write('ratatouille.json', '{"name": "x", "timeZone": "Asia/Tokyo"}');
    const sql = "SELECT TIMESTAMPTZ '2024-01-01 00:00:00+00'::VARCHAR AS t";
    project().notebook('a', `CREATE TABLE bronze.a AS ${sql}`);
    await project().use(async (opened) => {
      await run(opened);
      assert.deepEqual(await rows(opened, `FROM bronze.a UNION ALL ${sql}`), [
        ['2024-01-01 09:00:00+09'],
        ['2024-01-01 09:00:00+09'],
      ]);
    });
  });

  for (const rubbish of [
    '',
    'rubbish',
    '[]',
    '"x"',
    '7',
    'null',
    '{}',
    '{"engineVersion": 1, "entries": null}',
    '{"format": 1, "files": {"a.csv": null}}',
  ]) {
    it(`survives a cache of ${JSON.stringify(rubbish)}`, async () => {
      project().write('data/landing/a.csv', 'n\n1\n');
      project().write('more.csv', 'n\n1\n');
      project().notebook(
        'a',
        "CREATE TABLE bronze.a AS FROM landing('a.csv')",
        "CREATE TABLE bronze.b AS FROM read_csv('more.csv')",
      );
      await runOnce(project());
      for (const name of ['analyses', 'landing', 'outside-files'])
        project().write(`.ratatouille/cache/${name}.json`, rubbish);
      assert.deepEqual(statuses(await runOnce(project())), { 'bronze.a': 'skipped', 'bronze.b': 'skipped' });
    });
  }
});
