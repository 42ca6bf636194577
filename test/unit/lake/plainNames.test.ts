import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSystem } from '../../../src/lake/fileSystem.js';
import type { Lake } from '../../../src/lake/lake.js';
import { nodeFileSystem, retryBusy } from '../../../src/lake/nodeFileSystem.js';
import { without } from '../../support/faultyFileSystem.js';
import { asRoot, nobody, startChild } from './children.js';
import {
  contentOf,
  lakeAt,
  one,
  publish,
  removeRoots,
  tableChange,
  temporaryRoot,
  versionFolders,
  writing,
} from './lakeFixture.js';

/** As for everybody but root. */
const modesBind: FileSystem = { ...nodeFileSystem, modesBind: true };

const systems: readonly (readonly [string, FileSystem])[] = [
  ['hard links', modesBind],
  ['copies', without(modesBind, 'link', 'clone')],
  ['copies without modes', without(modesBind, 'clone', 'chmod')],
  ['Windows', { ...modesBind, windows: true }],
];

/** A lake with `gold.a` and the folder `gold.parts`. */
async function published(
  fileSystem: FileSystem,
): Promise<{ root: string; lake: Lake; a: string; parts: string }> {
  const root = temporaryRoot();
  const lake = lakeAt(root, { fileSystem });
  const files = { 'a.parquet': '1\n', 'b.parquet': '2\n' };
  await writing(lake, (writer) => publish(writer, { 'gold.a': 'a', 'gold.parts': { files } }));
  return { root, lake, a: join(root, 'data/gold/a.parquet'), parts: join(root, 'data/gold/parts') };
}

const states = async (lake: Lake) =>
  (await lake.checkPlainNames(await lake.manifest())).map(({ path, state }) => `${path} ${state}`);

const versionOf = async (lake: Lake) => (await lake.snapshot()).files('gold.a')?.[0] ?? '';

function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function replaceUnnoticeably(path: string, text: string): void {
  const { atime, mtime } = statSync(path);
  replace(path, text);
  utimesSync(path, atime, mtime);
}

for (const [title, system] of systems) {
  describe(`plain names by ${title}`, () => {
    afterEach(removeRoots);

    const harm: readonly (readonly [string, (path: string) => void, string])[] = [
      ['replaced', (path) => replace(path, 'x'), 'changed'],
      ['replaced by as many bytes', (path) => replace(path, 'x\n'), 'changed'],
      ['replaced by as many bytes of the same time', (path) => replaceUnnoticeably(path, 'x\n'), 'changed'],
      ['removed', (path) => unlinkSync(path), 'missing'],
    ];
    for (const [what, change, state] of harm) {
      it(`are restored when a file was ${what}`, async () => {
        const { lake, a } = await published(system);
        change(a);
        assert.deepEqual(await states(lake), [`data/gold/a.parquet ${state}`]);
        const reported = state === 'changed' ? [['lake.restored', 'data/gold/a.parquet']] : [];
        await writing(lake, async ({ problems }) => {
          assert.deepEqual(
            problems.map(({ code, place }) => [code, place?.file]),
            reported,
          );
        });
        assert.equal(readFileSync(a, 'utf8'), 'a\n');
        assert.deepEqual(await states(lake), []);
      });
    }

    it('keep what another program had put there', async () => {
      const { root, lake, a } = await published(system);
      replace(a, 'precious');
      await writing(lake, async () => {});
      assert.equal(readFileSync(join(root, '.ratatouille/outside/gold/a.parquet'), 'utf8'), 'precious');
    });

    it('are restored when a folder stands in the place of a link', async () => {
      const { root, lake, parts } = await published(system);
      rmSync(parts);
      mkdirSync(parts);
      writeFileSync(join(parts, 'mine.parquet'), 'mine');
      assert.deepEqual(await states(lake), ['data/gold/parts changed']);
      await writing(lake, async () => {});
      assert.deepEqual(readdirSync(parts), ['a.parquet', 'b.parquet']);
      assert.deepEqual(readdirSync(join(root, '.ratatouille/outside/gold/parts')), ['mine.parquet']);
    });

    it('are finished when a run ended before them', async () => {
      const { root, lake, a } = await published(system);
      const writer = await lake.openWriter();
      const staged = await writer.stage('gold.a');
      await writer.discard(staged);
      await writer.close();
      rmSync(a);
      rmSync(join(root, '.ratatouille/plain-names.json'));
      await writing(lake, async (next) => assert.deepEqual(next.problems, []));
      assert.equal(readFileSync(a, 'utf8'), 'a\n');
    });

    it('tell when a first publish finds a file in its place', async () => {
      const { root, lake } = await published(system);
      writeFileSync(join(root, 'data/gold/new.parquet'), 'mine');
      await writing(lake, async (writer) => {
        const change = await tableChange(writer, 'gold.new', one('new'));
        const { problems } = await writer.link(await writer.publish(1, [change]));
        assert.match(problems[0]?.hint ?? '', /outside.gold.new\.parquet/);
      });
      assert.equal(readFileSync(join(root, '.ratatouille/outside/gold/new.parquet'), 'utf8'), 'mine');
    });

    it('leave other people’s files alone', async () => {
      const { root, lake } = await published(system);
      writeFileSync(join(root, 'data/gold/mine.parquet'), 'mine');
      await writing(lake, (writer) => publish(writer, { 'gold.a': 'b' }));
      assert.equal(readFileSync(join(root, 'data/gold/mine.parquet'), 'utf8'), 'mine');
    });

    for (const call of ['rename', 'status'] as const) {
      it(`do not fail a run when one can not be replaced (${call})`, async () => {
        const { root } = await published(system);
        const stuck = async (...args: readonly [string, string]) => {
          if (args[0].includes('/.a.')) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
          return system[call](...args);
        };
        const locked = lakeAt(root, { fileSystem: { ...system, [call]: stuck } });
        await writing(locked, (writer) => publish(writer, { 'gold.a': 'b', 'gold.c': 'c' }));
        assert.equal(await contentOf(locked, 'gold.a'), 'b\n');
        assert.deepEqual(await states(locked), ['data/gold/a.parquet behind']);
        assert.equal(readFileSync(join(root, 'data/gold/c.parquet'), 'utf8'), 'c\n');
        const free = lakeAt(root, { fileSystem: system });
        await writing(free, async (writer) => assert.deepEqual(writer.problems, []));
        assert.deepEqual(readdirSync(join(root, 'data/gold')).sort(), ['a.parquet', 'c.parquet', 'parts']);
      });
    }
  });
}

describe('a version', () => {
  afterEach(removeRoots);

  it('is not shared with a plain file that root could write into', async () => {
    const { lake, a } = await published({ ...nodeFileSystem, modesBind: false });
    assert.notEqual(statSync(a).ino, statSync(await versionOf(lake)).ino);
    chmodSync(a, 0o644);
    writeFileSync(a, 'in place');
    assert.equal(await contentOf(lake, 'gold.a'), 'a\n');
    assert.deepEqual(await lake.findDamage(await lake.manifest()), []);
    await writing(lake, async () => {});
    assert.equal(readFileSync(a, 'utf8'), 'a\n');
  });

  it('is not shared with a plain file where modes are not kept', async () => {
    const { lake, a } = await published({ ...modesBind, chmod: async () => {} });
    assert.notEqual(statSync(a).ino, statSync(await versionOf(lake)).ino);
  });

  it('can not be written through its plain file', async () => {
    const root = temporaryRoot();
    if (asRoot) chownSync(root, nobody, nobody);
    await startChild('publish', root, 'a', true).end();
    const lake = lakeAt(root);
    const plain = join(root, 'data/gold/a.parquet');
    assert.equal(statSync(plain).ino, statSync(await versionOf(lake)).ino, 'a hard link');
    assert.deepEqual(await startChild('overwrite', root, plain, true).end(), ['EACCES']);
    const added = join(root, 'data/gold/parts/c.parquet');
    assert.deepEqual(await startChild('overwrite', root, added, true).end(), ['EACCES']);
    assert.deepEqual(await startChild('replace', root, plain, true).end(), []);
    assert.deepEqual(await states(lake), ['data/gold/a.parquet changed']);
    await startChild('publish', root, 'b', true).end();
    assert.equal(await contentOf(lake, 'gold.a'), 'b\n');
  });

  it('that is beyond retention goes, even from a read-only folder', async () => {
    const root = temporaryRoot();
    if (asRoot) chownSync(root, nobody, nobody);
    for (const text of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      await startChild('publish', root, text, true).end();
    }
    assert.equal(versionFolders(root, 'gold.parts').length, 6);
  });

  const damage: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ['written in place', (path) => writeFileSync(path, 'b\n'), /written to by another program/],
    ['cut', (path) => writeFileSync(path, ''), /0 bytes instead of 2/],
    ['removed', (path) => rmSync(path), /is missing/],
  ];
  for (const [what, harm, says] of damage) {
    it(`is known to be damaged when it was ${what}`, async () => {
      const { lake, a } = await published(modesBind);
      const version = await versionOf(lake);
      chmodSync(version, 0o644);
      utimesSync(version, new Date(0), new Date(0));
      harm(version);
      const [found] = await lake.findDamage(await lake.manifest());
      assert.equal(found?.table, 'gold.a');
      assert.match(found?.problem.message ?? '', says);
      assert.deepEqual(await states(lake), ['data/gold/a.parquet damaged']);
      await writing(lake, (writer) => publish(writer, { 'gold.a': 'again' }));
      assert.deepEqual(await lake.findDamage(await lake.manifest()), []);
      assert.equal(readFileSync(a, 'utf8'), 'again\n');
    });
  }

  it('is known to be damaged when a file was added to its folder', async () => {
    const { lake, parts } = await published(modesBind);
    chmodSync(join(dirname(parts), 'parts'), 0o755);
    writeFileSync(join(parts, 'c.parquet'), 'c');
    const [found] = await lake.findDamage(await lake.manifest());
    assert.match(found?.problem.message ?? '', /c\.parquet was added/);
  });

  it('is trusted in a copied project', async () => {
    const { lake } = await published(modesBind);
    const version = await versionOf(lake);
    writeFileSync(`${version}.copy`, 'a\n');
    utimesSync(`${version}.copy`, new Date(0), new Date(0));
    renameSync(`${version}.copy`, version);
    assert.deepEqual(await lake.findDamage(await lake.manifest()), []);
  });
});

describe('a busy file on Windows', () => {
  const failing = (times: number, code: string) => {
    let calls = 0;
    return async () => {
      calls += 1;
      if (calls <= times) throw Object.assign(new Error(code), { code });
      return calls;
    };
  };

  it('is tried again until it is free', async () => {
    assert.equal(await retryBusy(true, failing(3, 'EBUSY'), 0), 4);
  });

  it('is given up after a while', async () => {
    await assert.rejects(retryBusy(true, failing(99, 'EPERM'), 0), /EPERM/);
  });

  it('is not confused with other failures or platforms', async () => {
    await assert.rejects(retryBusy(true, failing(1, 'ENOENT'), 0), /ENOENT/);
    await assert.rejects(retryBusy(false, failing(1, 'EBUSY'), 0), /EBUSY/);
  });
});
