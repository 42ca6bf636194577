import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lake } from '../../../src/lake/lake.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import type { Renamed } from '../../../src/lake/rename.js';
import { without } from '../../support/faultyFileSystem.js';
import {
  type Content,
  contentOf,
  lakeAt,
  one,
  publish,
  removeRoots,
  temporaryRoot,
  versionFolders,
  writing,
} from './lakeFixture.js';

const parts: Content = { files: { 'a.parquet': 'a\n', 'x/b.parquet': 'b\n' }, quarantine: 'dropped\n' };

async function publishEach(lake: Lake, table: string, ...versions: readonly Content[]): Promise<void> {
  for (const version of versions) await writing(lake, (writer) => publish(writer, { [table]: version }));
}

function rename(lake: Lake, from: string, to: string): Promise<Renamed> {
  return writing(lake, async (writer) => {
    const entry = writer.manifest.tables[from] ?? assert.fail(`There is no ${from}`);
    const renamed = await writer.rename(entry, to);
    await writer.link(await writer.publish(7, [{ kind: 'rename', renamed }]));
    return renamed;
  });
}

const texts = (files: readonly string[] | undefined) => files?.map((file) => readFileSync(file, 'utf8'));

for (const [title, fileSystem] of [
  ['hard links', nodeFileSystem],
  ['copies', without(nodeFileSystem, 'link', 'clone')],
] as const) {
  describe(`a renaming by ${title}`, () => {
    afterEach(removeRoots);

    it('takes every version, quarantine and rejects along', async () => {
      const lake = lakeAt(temporaryRoot(), { fileSystem });
      const three = { ...one('three'), quarantine: 'q\n', rejects: 'r\n' };
      await publishEach(lake, 'gold.old', one('one'), parts, three);
      await rename(lake, 'gold.old', 'gold.New');
      const { files, quarantine, rejects, entry, manifest } = await lake.snapshot();
      assert.deepEqual(texts(rejects('gold.new', 3)), ['r\n']);
      assert.deepEqual(Object.keys(manifest.tables), ['gold.new']);
      assert.equal(entry('gold.new')?.name, 'gold.New');
      assert.deepEqual(
        [3, 2, 1].map((version) => texts(files('gold.new', version))),
        [['three\n'], ['a\n', 'b\n'], ['one\n']],
      );
      assert.deepEqual(
        [3, 2].map((version) => texts(quarantine('gold.new', version))),
        [['q\n'], ['dropped\n']],
      );
    });

    it('moves the plain name, and leaves nothing damaged', async () => {
      const root = temporaryRoot();
      const lake = lakeAt(root, { fileSystem });
      await publishEach(lake, 'gold.old', parts);
      await publishEach(lake, 'silver.old', one('one'));
      await rename(lake, 'gold.old', 'gold.new');
      await rename(lake, 'silver.old', 'silver.new');
      assert.equal(readFileSync(join(root, 'data/gold/new/a.parquet'), 'utf8'), 'a\n');
      assert.equal(readFileSync(join(root, 'data/silver/new.parquet'), 'utf8'), 'one\n');
      assert(!existsSync(join(root, 'data/gold/old')) && !existsSync(join(root, 'data/silver/old.parquet')));
      const manifest = await lake.manifest();
      assert.deepEqual(await lake.findDamage(manifest), []);
      assert.deepEqual(await lake.checkPlainNames(manifest), []);
    });
  });
}

describe('a renaming', () => {
  afterEach(removeRoots);

  it('writes no file again where links can be made', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.old', one('one'));
    const [before = ''] = (await lake.snapshot()).files('gold.old') ?? [];
    await rename(lake, 'gold.old', 'gold.new');
    const [after = ''] = (await lake.snapshot()).files('gold.new') ?? [];
    assert.notEqual(after, before);
    assert.equal(statSync(after).ino, statSync(before).ino);
  });

  it('leaves whoever reads the old name its files', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.old', one('one'));
    const reader = await lake.snapshot();
    await rename(lake, 'gold.old', 'gold.new');
    assert.deepEqual(texts(reader.files('gold.old')), ['one\n']);
  });

  it('can be taken back while the old folders are kept', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.old', one('one'), one('two'));
    await rename(lake, 'gold.old', 'gold.new');
    await rename(lake, 'gold.new', 'gold.old');
    assert.equal(await contentOf(lake, 'gold.old'), 'two\n');
    assert.deepEqual(texts((await lake.snapshot()).files('gold.old', 1)), ['one\n']);
  });

  it('lets an earlier version be restored', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.old', one('one'), one('two'));
    await rename(lake, 'gold.old', 'gold.new');
    const entry = (await lake.manifest()).tables['gold.new'] ?? assert.fail();
    const restored = await lake.entryAtVersion(entry, 1);
    assert.deepEqual([restored.version.sql, restored.earlier[0]?.version], ['SELECT 1 AS id', 2]);
  });

  it('of a damaged table is refused, and leaves nothing', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lake, 'gold.old', one('one'), one('two'));
    rmSync((await lake.snapshot()).files('gold.old')?.[0] ?? '');
    await assert.rejects(rename(lake, 'gold.old', 'gold.new'), /Version 2 of gold\.old is damaged/);
    assert.deepEqual(versionFolders(root, 'gold.new'), []);
  });

  it('leaves a damaged earlier version behind', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.old', one('one'), one('two'));
    rmSync((await lake.snapshot()).files('gold.old', 1)?.[0] ?? '');
    const { problems } = await rename(lake, 'gold.old', 'gold.new');
    assert.deepEqual((await lake.manifest()).tables['gold.new']?.earlier, []);
    assert.deepEqual(
      problems.map(({ severity, message }) => `${severity}: ${message}`),
      ['warning: Version 1 of gold.old was left behind: kept.parquet is missing.'],
    );
  });

  it('never lends the number of a version that it leaves behind', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.old', one('one'), one('two'));
    await writing(lake, async (writer) => {
      const entry = await lake.entryAtVersion(writer.manifest.tables['gold.old'] ?? assert.fail(), 1);
      await writer.publish(3, [{ kind: 'entry', entry }]);
    });
    rmSync((await lake.snapshot()).files('gold.old', 2)?.[0] ?? '');
    await rename(lake, 'gold.old', 'gold.new');
    await publishEach(lake, 'gold.new', one('three'));
    assert.equal((await lake.manifest()).tables['gold.new']?.version.version, 3);
  });

  it('that is cancelled at a file leaves nothing, even before the writer ends', async () => {
    const root = temporaryRoot();
    await publishEach(lakeAt(root), 'gold.old', one('one'), parts);
    const controller = new AbortController();
    const link = (existing: string, path: string) => {
      if (path.endsWith('.parquet')) controller.abort();
      return nodeFileSystem.link(existing, path);
    };
    const lake = lakeAt(root, { fileSystem: { ...nodeFileSystem, link } });
    await writing(lake, async (writer) => {
      const entry = writer.manifest.tables['gold.old'] ?? assert.fail();
      await assert.rejects(writer.rename(entry, 'gold.new', controller.signal), { name: 'AbortError' });
      assert.deepEqual(versionFolders(root, 'gold.new'), []);
    });
  });

  it('that meets a rival’s commit leaves nothing, even before the writer ends', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lake, 'gold.old', one('one'));
    await writing(lake, async (writer) => {
      const renamed = await writer.rename(writer.manifest.tables['gold.old'] ?? assert.fail(), 'gold.new');
      assert.equal(versionFolders(root, 'gold.new').length, 1);
      writeFileSync(lake.layout.manifest(2), JSON.stringify({ ...writer.manifest, generation: 2 }));
      await assert.rejects(writer.publish(7, [{ kind: 'rename', renamed }]), /generation 2/);
      assert.deepEqual(versionFolders(root, 'gold.new'), []);
    });
  });

  it('that the disk refuses leaves nothing, even before the writer ends', async () => {
    const root = temporaryRoot();
    await publishEach(lakeAt(root), 'gold.old', parts);
    const copy = (from: string, to: string) =>
      from.endsWith('b.parquet') ? Promise.reject(new Error('ENOSPC')) : nodeFileSystem.copy(from, to);
    const lake = lakeAt(root, { fileSystem: { ...without(nodeFileSystem, 'link', 'clone'), copy } });
    await writing(lake, async (writer) => {
      const entry = writer.manifest.tables['gold.old'] ?? assert.fail();
      await assert.rejects(writer.rename(entry, 'gold.new'), /ENOSPC/);
      assert.deepEqual(versionFolders(root, 'gold.new'), []);
    });
  });
});
