import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExclusively, makeDirectory } from '../../../src/lake/durable.js';
import type { FileSystem } from '../../../src/lake/fileSystem.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import { inParallel } from '../../../src/lake/parallel.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { faultyFileSystem, without } from '../../support/faultyFileSystem.js';
import { removeRoots, temporaryRoot } from './lakeFixture.js';

/** Creates `root/x` with a file system; tells whether it did. */
async function create(root: string, fileSystem: FileSystem, text = 'whole'): Promise<boolean> {
  const context = { fileSystem, logger: silentLogger };
  return createExclusively(context, join(root, `${Math.random()}.tmp`), join(root, 'x'), text);
}

const noLinks = without(nodeFileSystem, 'link');

describe('an exclusive creation', () => {
  afterEach(removeRoots);

  for (const [title, system] of [
    ['with', nodeFileSystem],
    ['without', noLinks],
  ] as const) {
    it(`succeeds for one of many, ${title} hard links`, async () => {
      const root = temporaryRoot();
      const created = await Promise.all(Array.from({ length: 10 }, () => create(root, system)));
      assert.equal(created.filter(Boolean).length, 1);
      assert.deepEqual(readdirSync(root), ['x']);
    });
  }

  it('knows its link although it was reported as failed', async () => {
    const root = temporaryRoot();
    const { fileSystem } = faultyFileSystem(nodeFileSystem, { at: 2, when: 'after', process: 'goes on' });
    assert.equal(await create(root, fileSystem), true);
  });

  it('is completed when the disk filled up half-way', async () => {
    const root = temporaryRoot();
    const { fileSystem } = faultyFileSystem(noLinks, { at: 5, when: 'torn', process: 'goes on' });
    assert.equal(await create(root, fileSystem), true);
    assert.equal(readFileSync(join(root, 'x'), 'utf8'), 'whole');
  });
});

describe('a durable folder', () => {
  afterEach(removeRoots);

  it('has every new parent flushed, and no other', async () => {
    const root = temporaryRoot();
    mkdirSync(join(root, 'a'));
    const flushed: string[] = [];
    const syncDirectory = async (path: string) => {
      flushed.push(path);
    };
    await makeDirectory({ ...nodeFileSystem, syncDirectory }, join(root, 'a/b/c'));
    assert.deepEqual(flushed, [join(root, 'a/b'), join(root, 'a')]);
  });
});

describe('parallel work', () => {
  it('keeps the order and the limit', async () => {
    let running = 0;
    const results = await inParallel([3, 1, 2], 2, async (item) => {
      running += 1;
      assert(running <= 2);
      await new Promise((resolve) => setTimeout(resolve, item));
      running -= 1;
      return item * 10;
    });
    assert.deepEqual(results, [30, 10, 20]);
  });

  it('ends what runs, and starts no more, before it fails', async () => {
    const ended: number[] = [];
    const work = inParallel([0, 1, 2, 3], 2, async (item) => {
      if (item === 0) throw new Error('first');
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended.push(item);
    });
    await assert.rejects(work, /first/);
    assert.deepEqual(ended, [1]);
  });
});
