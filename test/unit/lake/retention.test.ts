import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Lake } from '../../../src/lake/lake.js';
import { generationsToRemove } from '../../../src/lake/manifestStore.js';
import {
  afterBoot,
  contentOf,
  lakeAt,
  publish,
  removeRoots,
  temporaryRoot,
  versionFolders,
  writing,
} from './lakeFixture.js';

const folders = (lake: Lake, table: string) =>
  versionFolders(lake.layout.root, `gold.${table}`).map((name) => Number(name.slice(0, 6)));

async function publishEach(lake: Lake, texts: readonly string[]): Promise<void> {
  for (const text of texts) await writing(lake, (writer) => publish(writer, { 'gold.a': text }));
}

describe('retention', () => {
  afterEach(removeRoots);

  it('keeps five earlier versions by default', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, ['1', '2', '3', '4', '5', '6', '7', '8']);
    const entry = (await lake.manifest()).tables['gold.a'];
    assert.deepEqual(
      entry?.earlier.map(({ version }) => version),
      [7, 6, 5, 4, 3],
    );
    assert.deepEqual(folders(lake, 'a').sort(), [3, 4, 5, 6, 7, 8]);
  });

  it('gives readers each kept version by number', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { versions: 2 } });
    await publishEach(lake, ['1', '2', '3', '4']);
    const snapshot = await lake.snapshot();
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((version) => snapshot.version('gold.a', version)?.version),
      [undefined, 2, 3, 4, undefined],
    );
    assert.match(snapshot.files('GOLD.A', 2)?.[0] ?? '', /000002-[0-9a-f]{8}.kept\.parquet$/);
    assert.equal(snapshot.files('gold.b'), undefined);
  });

  it('never leaves a reader that just began without its files', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { versions: 0, generations: 0 } });
    await publishEach(lake, ['1']);
    const reader = await lake.snapshot();
    await publishEach(lake, ['2']);
    assert(existsSync(reader.files('gold.a')?.[0] ?? ''));
  });

  it('keeps the files of a removed table while a manifest has it', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { generations: 3 } });
    await writing(lake, (writer) => publish(writer, { 'gold.gone': 'g', 'gold.a': '0' }));
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    await publishEach(lake, ['1']);
    assert.deepEqual(folders(lake, 'gone'), [1]);
    await publishEach(lake, ['2', '3']);
    assert.deepEqual(folders(lake, 'gone'), []);
  });

  it('keeps what another environment has', async () => {
    const root = temporaryRoot();
    const trial = lakeAt(root, { environment: 'trial' });
    await writing(trial, (writer) => publish(writer, { 'gold.a': 'trial' }));
    const lake = lakeAt(root, { retention: { versions: 1 } });
    await publishEach(lake, ['1', '2', '3']);
    assert.equal(await contentOf(trial, 'gold.a'), 'trial\n');
    assert.equal(folders(lake, 'a').length, 3);
  });

  it('waits while another environment is written', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    const uncommitted = lake.layout.version({ layer: 'gold', table: 'b' }, '000001-00000000');
    mkdirSync(uncommitted, { recursive: true });
    const trial = await lakeAt(root, { environment: 'trial' }).openWriter();
    await publishEach(lake, ['1']);
    assert(existsSync(uncommitted));
    await trial.close();
    await publishEach(lake, ['2']);
    assert(!existsSync(uncommitted));
  });

  it('keeps one manifest of each run', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { generations: 3 } });
    for (const run of [1, 2, 3, 4]) {
      await writing(lake, async (writer) => {
        for (const text of ['x', 'y', 'z']) await publish(writer, { 'gold.a': text }, run);
      });
    }
    const runs = (await lake.generations()).map(async (number) => (await lake.manifestAt(number))?.run);
    assert.deepEqual([...new Set(await Promise.all(runs))], [3, 4]);
    assert.equal(await lake.manifestAt(1), undefined);
  });

  it('sweeps what a dead writer left', async () => {
    const root = temporaryRoot();
    const dead = await lakeAt(root, { processes: afterBoot(1) }).openWriter();
    await dead.stage('gold.a');
    mkdirSync(join(root, '.ratatouille/versions/gold/a/000001-00000000'), { recursive: true });
    const lake = lakeAt(root, { processes: afterBoot(2) });
    await writing(lake, async () => {});
    assert.deepEqual(folders(lake, 'a'), []);
    assert.deepEqual(readdirSync(join(root, '.ratatouille/staging/prod')), []);
  });
});

describe('generations to remove', () => {
  const remove = (generations: number[], retained: number, passing: number[]) =>
    generationsToRemove(generations, retained, new Set(passing));

  it('are all but the newest of those that runs ended with', () => {
    assert.deepEqual(remove([1, 2, 3, 4, 5], 3, []), [1, 2]);
  });

  it('are those that a run passed through', () => {
    assert.deepEqual(remove([1, 2, 3, 4, 5], 20, [2, 3, 4, 5]), [2, 3]);
  });

  it('never are the newest two', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 })).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 5 }), numbers, (generations, retained, passing) => {
        const removed = remove(generations, retained, passing);
        return generations.slice(-2).every((generation) => !removed.includes(generation));
      }),
    );
  });
});
