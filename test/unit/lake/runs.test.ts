import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterBoot, lakeAt, publish, removeRoots, temporaryRoot, writing } from './lakeFixture.js';

const start = { startedAt: '2024-05-01T10:00:00.000Z', selection: ['silver.sales'] };

describe('runs', () => {
  afterEach(removeRoots);

  it('are recorded from their beginning', async () => {
    const { runs } = lakeAt(temporaryRoot());
    const begun = await runs.begin(start);
    assert.equal(begun.run, 1);
    assert.deepEqual(await runs.read(1), begun);
    assert.equal(begun.status, 'running');
    await runs.finish({ ...begun, status: 'succeeded', elapsedMs: 12 });
    assert.equal((await runs.read(1))?.status, 'succeeded');
  });

  it('never share a number', async () => {
    const root = temporaryRoot();
    const begun = await Promise.all(Array.from({ length: 20 }, () => lakeAt(root).runs.begin(start)));
    assert.deepEqual(
      begun.map(({ run }) => run).sort((one, other) => one - other),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it('do not reuse the number of a published run', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'a' }, 41));
    assert.equal((await lake.runs.begin(start)).run, 42);
  });

  it('are listed newest first and removed beyond retention', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { runs: 3 } });
    for (let count = 0; count < 5; count += 1) {
      await lake.runs.finish({ ...(await lake.runs.begin(start)), status: 'succeeded' });
    }
    assert.deepEqual(
      (await lake.runs.list()).map(({ run }) => run),
      [5, 4, 3],
    );
    assert.deepEqual(
      (await lake.runs.list(2)).map(({ run }) => run),
      [5, 4],
    );
    assert.equal(readdirSync(lake.layout.runs).length, 3);
  });

  it('keep what they rejected as long as their record', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { runs: 2 } });
    const left: number[][] = [];
    for (let count = 0; count < 3; count += 1) {
      await writing(lake, async (writer) => {
        const record = await lake.runs.begin(start);
        const staged = await writer.stage('silver.Sales');
        mkdirSync(staged.work);
        writeFileSync(join(staged.work, 'a.parquet'), 'x\n');
        await writer.keepRejects(record.run, staged, [join(staged.work, 'a.parquet')]);
        await lake.runs.finish({ ...record, status: 'failed' });
      });
      left.push((await lake.runRejects('silver.sales')).map(({ run }) => run));
    }
    assert.deepEqual(left, [[1], [1, 2], [2, 3]]);
  });

  it('are interrupted when their process is gone', async () => {
    const root = temporaryRoot();
    await lakeAt(root, { processes: afterBoot(1) }).runs.begin(start);
    const [record] = await lakeAt(root, { processes: afterBoot(2) }).runs.list();
    assert.equal(record?.status, 'interrupted');
  });

  it('with a damaged record are left out', async () => {
    const lake = lakeAt(temporaryRoot());
    await lake.runs.begin(start);
    await lake.runs.begin(start);
    writeFileSync(lake.layout.run(2), '{');
    assert.deepEqual(
      (await lake.runs.list()).map(({ run }) => run),
      [1],
    );
  });
});

describe('the cache', () => {
  afterEach(removeRoots);

  it('gives back what was written', async () => {
    const { cache } = lakeAt(temporaryRoot());
    assert.equal(await cache.read('parses'), undefined);
    await cache.write('parses', { a: [1, null] });
    assert.deepEqual(await cache.read('parses'), { a: [1, null] });
  });

  it('counts as missing when it is damaged', async () => {
    const { cache, layout } = lakeAt(temporaryRoot());
    await cache.write('parses', 1);
    writeFileSync(layout.cacheFile('parses'), '{');
    assert.equal(await cache.read('parses'), undefined);
  });

  it('takes no path for a name', async () => {
    await assert.rejects(lakeAt(temporaryRoot()).cache.read('../parses'), /can't name a cache/);
  });
});

describe('an environment’s name', () => {
  for (const environment of ['', 'Prod', '../x', 'a.b', '1']) {
    it(`is not “${environment}”`, () => {
      assert.throws(() => lakeAt('/nowhere', { environment }), /can't name an environment/);
    });
  }
});
