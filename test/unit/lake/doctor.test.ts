import assert from 'node:assert/strict';
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileSystem } from '../../../src/lake/fileSystem.js';
import type { Lake } from '../../../src/lake/lake.js';
import type { Manifest } from '../../../src/lake/manifest.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import type { FindingKind } from '../../../src/protocol/doctor.js';
import type { ProblemError } from '../../../src/protocol/problem.js';
import { without } from '../../support/faultyFileSystem.js';
import { asRoot, nobody, startChild } from './children.js';
import {
  afterBoot,
  contentOf,
  lakeAt,
  publish,
  removeRoots,
  tableChange,
  temporaryRoot,
  tree,
  writing,
} from './lakeFixture.js';

const thorough = { quick: false };

/** What is wrong, by kind; notes left out. */
async function faults(lake: Lake, depth = thorough): Promise<readonly FindingKind[]> {
  const { findings } = await lake.examine(depth);
  return findings.filter(({ weight }) => weight === 'fault').map(({ kind }) => kind);
}

async function publishEach(lake: Lake, table: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await writing(lake, (writer) => publish(writer, { [table]: text }));
}

/** Changes one byte of a file and nothing that a look at it shows: sizes stay, and times of a copy say nothing. */
function flipByte(path: string): void {
  const bytes = readFileSync(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  writeFileSync(`${path}.copy`, bytes);
  renameSync(`${path}.copy`, path);
}

async function fileOf(lake: Lake, table: string): Promise<string> {
  return (await lake.snapshot()).files(table)?.[0] ?? assert.fail(`${table} has no file`);
}

function earlierFile({ layout }: Lake, { tables }: Manifest): string {
  const [first] = tables['gold.a']?.earlier ?? [];
  return join(layout.version({ layer: 'gold', table: 'a' }, first?.directory ?? ''), 'kept.parquet');
}

async function newestManifest(lake: Lake): Promise<string> {
  return lake.layout.manifest((await lake.generations()).at(-1) ?? 0);
}

/** Edits a manifest as a person would, so that it stays a manifest. */
function edit(path: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace('"rows":1', '"rows":2'));
}

describe('a version whose bytes have changed', () => {
  let root: string;
  let lake: Lake;

  beforeEach(async () => {
    root = temporaryRoot();
    lake = lakeAt(root);
    await publishEach(lake, 'gold.a', 'one', 'two');
    flipByte(await fileOf(lake, 'gold.a'));
  });
  afterEach(removeRoots);

  it('is found by its checksum alone', async () => {
    assert.deepEqual(await lake.findDamage(await lake.manifest()), []);
    assert.deepEqual(await faults(lake, { quick: true }), []);
    assert.deepEqual(await faults(lake), ['current version']);
  });

  it('is marked by a repair, and read by nobody then', async () => {
    await lake.repair(thorough);
    const [damage] = await lake.findDamage(await lake.manifest());
    assert.match(damage?.problem.message ?? '', /^Version 2 of gold\.a is damaged: .* other bytes/);
    await assert.rejects(contentOf(lake, 'gold.a'), ({ problem }: ProblemError) => {
      return problem.code === 'lake.damaged' && /Build gold\.a again/.test(problem.hint ?? '');
    });
  });

  it('is well when the table is built again', async () => {
    await lake.repair(thorough);
    await publishEach(lake, 'gold.a', 'three');
    assert.equal(await contentOf(lake, 'gold.a'), 'three\n');
    assert.deepEqual(await faults(lake), []);
    const { findings } = await lake.examine(thorough);
    assert.deepEqual(
      findings.map(({ kind, weight }) => `${kind} ${weight}`),
      ['earlier version note'],
    );
  });

  it('points at an earlier version that is whole', async () => {
    const { findings } = await lake.examine(thorough);
    assert.match(findings[0]?.hint ?? '', /ratatouille restore gold\.a --version 1$/);
  });

  it('is not restored any more', async () => {
    await publishEach(lake, 'gold.a', 'three');
    await lake.repair(thorough);
    const entry = (await lake.manifest()).tables['gold.a'] ?? assert.fail();
    const versions = (await lake.restorableVersions(entry)).map(({ version }) => version);
    assert.deepEqual(versions, [3, 1]);
    await assert.rejects(lake.entryAtVersion(entry, 2), /can't be restored: .* other bytes/);
  });

  it('is marked by the start after a run that did not end', async () => {
    const dying = await lakeAt(root, { processes: afterBoot(1) }).openWriter();
    await publish(dying, { 'gold.b': 'b' }, 9);
    flipByte(await fileOf(lake, 'gold.b'));
    await writing(lakeAt(root, { processes: afterBoot(2) }), async () => {});
    const damages = await lake.findDamage(await lake.manifest());
    assert.deepEqual(
      damages.map(({ table }) => table),
      ['gold.b'],
    );
  });
});

describe('a checksum', () => {
  afterEach(removeRoots);

  it('is kept of each file that is published', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    const content = { files: { 'a.parquet': '1\n', 'b.parquet': '2\n' }, quarantine: '3\n' };
    await writing(lake, (writer) => publish(writer, { 'gold.a': content }));
    const { version } = (await lake.manifest()).tables['gold.a'] ?? assert.fail();
    const sums = [...version.files, ...version.quarantine].map(({ sha256 }) => sha256?.slice(0, 8));
    assert.deepEqual(sums, ['4355a46b', '53c234e5', '1121cfcc']);
  });

  it('that is missing, as in older manifests, is no fault', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one');
    const path = await newestManifest(lake);
    const { sha256: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8'));
    for (const file of manifest.tables['gold.a'].version.files) delete file.sha256;
    writeFileSync(path, JSON.stringify(manifest));
    assert.deepEqual(await faults(lake), []);
    await publishEach(lake, 'gold.b', 'two');
    assert.equal(await contentOf(lake, 'gold.a'), 'one\n');
  });

  it('of a quarantine finds its damage', async () => {
    const lake = lakeAt(temporaryRoot());
    const content = { files: { 'a.parquet': '1\n' }, quarantine: '3\n' };
    await writing(lake, (writer) => publish(writer, { 'gold.a': content }));
    const [file = ''] = (await lake.snapshot()).quarantine('gold.a') ?? [];
    flipByte(file);
    assert.deepEqual(await faults(lake), ['quarantine']);
    assert.equal(await contentOf(lake, 'gold.a'), '1\n');
  });
});

describe('a newest manifest', () => {
  let root: string;
  let lake: Lake;

  beforeEach(async () => {
    root = temporaryRoot();
    lake = lakeAt(root);
    await publishEach(lake, 'gold.a', 'one', 'two');
    await publishEach(lake, 'gold.only', 'only');
  });
  afterEach(removeRoots);

  const harms: readonly (readonly [string, (path: string) => void])[] = [
    ['cut', (path) => truncateSync(path, 200)],
    ['emptied', (path) => truncateSync(path, 0)],
    ['edited by hand', edit],
    ['replaced by another file', (path) => writeFileSync(path, '[1]')],
  ];

  for (const [harm, strike] of harms) {
    it(`that was ${harm} gives way to the last good one`, async () => {
      const path = await newestManifest(lake);
      strike(path);
      const bad = readFileSync(path, 'utf8');
      await assert.rejects(lake.snapshot(), ({ problem }: ProblemError) =>
        /doctor --repair/.test(problem.hint ?? ''),
      );
      assert.deepEqual(await faults(lake), ['newest manifest']);
      const [aside] = await lake.repair(thorough);
      assert.equal(readFileSync(join(root, aside?.to ?? ''), 'utf8'), bad);
      assert.deepEqual([(await lake.manifest()).generation, await faults(lake)], [4, []]);
      assert.equal(await contentOf(lake, 'gold.a'), 'two\n');
    });
  }

  it('keeps what it alone named', async () => {
    const [before] = [await fileOf(lake, 'gold.only')];
    truncateSync(await newestManifest(lake), 10);
    const setAside = await lake.repair(thorough);
    assert.equal(existsSync(before), false);
    const moved = setAside.find(({ from }) => before.endsWith(join(from, 'kept.parquet')));
    assert.equal(readFileSync(join(root, moved?.to ?? '', 'kept.parquet'), 'utf8'), 'only\n');
    await publishEach(lake, 'gold.only', 'again');
    assert.equal(await contentOf(lake, 'gold.only'), 'again\n');
  });

  it('of a newer Ratatouille is left alone', async () => {
    const path = await newestManifest(lake);
    const text = readFileSync(path, 'utf8').replace('"format":1', '"format":2');
    writeFileSync(path, text);
    const { findings } = await lake.examine(thorough);
    assert.match(findings[0]?.meaning ?? '', /newer Ratatouille/);
    const before = await lake.generations();
    assert.deepEqual(await lake.repair(thorough), []);
    assert.deepEqual([readFileSync(path, 'utf8'), await lake.generations()], [text, before]);
  });

  it('without any good one before it is left to a person', async () => {
    for (const generation of await lake.generations()) truncateSync(lake.layout.manifest(generation), 0);
    const before = tree(root);
    const { findings } = await lake.examine(thorough);
    assert.match(findings[0]?.hint ?? '', /from a backup/);
    assert.deepEqual(await lake.repair(thorough), []);
    assert.deepEqual(tree(root), before);
    assert.equal(await lake.holder(), undefined);
  });
});

describe('a doctor', () => {
  let root: string;
  let lake: Lake;

  beforeEach(async () => {
    root = temporaryRoot();
    lake = lakeAt(root);
    await publishEach(lake, 'gold.a', 'one', 'two', 'three');
  });
  afterEach(removeRoots);

  it('finds nothing in a lake that is well, and changes nothing', async () => {
    const before = tree(root);
    const { findings, read } = await lake.examine(thorough);
    assert.deepEqual([findings, read.files], [[], 3]);
    assert.deepEqual(tree(root), before);
  });

  /** What is done to the lake, and what is found then; all of it is mended. */
  const mendable: readonly (readonly [string, FindingKind, (lake: Lake) => void | Promise<void>])[] = [
    [
      'an earlier manifest that is cut',
      'earlier manifest',
      ({ layout }) => truncateSync(layout.manifest(1), 9),
    ],
    [
      'a plain name that is gone',
      'plain name',
      ({ layout }) => rmSync(join(layout.root, 'data/gold/a.parquet')),
    ],
    [
      'a plain name with a file of somebody else',
      'plain name',
      ({ layout }) => {
        const path = join(layout.root, 'data/gold/a.parquet');
        rmSync(path);
        writeFileSync(path, 'mine');
      },
    ],
    [
      'a record of plain names that is cut',
      'plain name',
      ({ layout }) => truncateSync(layout.plainRecord, 3),
    ],
    [
      'an earlier version with other bytes',
      'earlier version',
      async (lake) => flipByte(earlierFile(lake, await lake.manifest())),
    ],
    [
      'a run record that is cut',
      'run record',
      async ({ layout, runs }) => {
        const { run } = await runs.begin({ startedAt: '', selection: [] });
        truncateSync(layout.run(run), 5);
      },
    ],
    ['a lease that says nothing', 'lease', ({ layout }) => writeFileSync(layout.lease, '')],
    [
      'a version that no manifest names',
      'unnamed version',
      ({ layout }) => {
        const folder = layout.versions({ layer: 'gold', table: 'a' });
        renameSync(join(folder, readdirSync(folder)[0] ?? ''), join(folder, '000009-00000000'));
      },
    ],
  ];

  for (const [title, kind, harm] of mendable) {
    it(`finds and mends ${title}`, async () => {
      await harm(lake);
      const found = await faults(lake);
      assert(found.includes(kind), found.join());
      await lakeAt(root, { leaseTimes: { beatMs: 1000, silenceMs: 20, lookMs: 5 } }).repair(thorough);
      assert.deepEqual(await faults(lake), []);
      assert.equal(await contentOf(lake, 'gold.a'), 'three\n');
    });
  }

  it('only notes an earlier version that is gone, since nobody can use it', async () => {
    rmSync(earlierFile(lake, await lake.manifest()));
    const { findings } = await lake.examine(thorough);
    assert.deepEqual(
      findings.map(({ kind, weight }) => `${kind} ${weight}`),
      ['earlier version note'],
    );
  });

  it('marks no version whose bytes are right', async () => {
    const file = await fileOf(lake, 'gold.a');
    utimesSync(file, 1, 1);
    const { findings } = await lake.examine(thorough);
    assert.deepEqual([findings[0]?.kind, findings[0]?.repair], ['current version', undefined]);
    await lake.repair(thorough);
    assert.equal(await contentOf(lake, 'gold.a'), 'three\n');
  });

  it('never lets bytes come back that were not published', async () => {
    const { tables } = await lake.manifest();
    flipByte(earlierFile(lake, await lake.manifest()));
    const entry = tables['gold.a'] ?? assert.fail();
    await assert.rejects(lake.entryAtVersion(entry, 2), /can't be restored: .* other bytes/);
  });

  it('finds and clears away what a killed run left', async () => {
    const dying = await lakeAt(root, { processes: afterBoot(1) }).openWriter();
    await tableChange(dying, 'gold.b', { files: { 'a.parquet': '1\n' } });
    const later = lakeAt(root, { processes: afterBoot(2) });
    assert.deepEqual(await faults(later), ['unfinished run', 'lease']);
    assert.deepEqual(await later.repair(thorough), []);
    assert.deepEqual(await faults(later), []);
  });

  it('sets aside what nobody may write to', async () => {
    const other = temporaryRoot();
    if (asRoot) chownSync(other, nobody, nobody);
    for (const text of ['a', 'b']) await startChild('publish', other, text, true).end();
    truncateSync(await newestManifest(lakeAt(other)), 9);
    assert.deepEqual(await startChild('repair', other, '', true).end(), ['']);
    assert(tree(other).some((path) => /set-aside\/.*\/gold\/parts\/.*b\.parquet$/.test(path)));
    await startChild('publish', other, 'c', true).end();
    assert.equal(await contentOf(lakeAt(other), 'gold.a'), 'c\n');
  });

  it('leaves a writer at work alone', async () => {
    await writing(lake, async (writer) => {
      await tableChange(writer, 'gold.b', { files: { 'a.parquet': '1\n' } });
      const { findings } = await lake.examine(thorough);
      assert.deepEqual(
        findings.map(({ kind, weight }) => `${kind} ${weight}`),
        ['lease note'],
      );
      const refusal = lake.repair(thorough, { wait: false });
      await assert.rejects(refusal, ({ problem }: ProblemError) => problem.code === 'lake.busy');
    });
  });

  it('tells of a clock that stands before the last commit', async () => {
    const early = lakeAt(root, { clock: () => new Date('2001-01-01') });
    assert.deepEqual(await faults(early), ['clock']);
    await publishEach(early, 'gold.a', 'four');
    assert.deepEqual([await contentOf(early, 'gold.a'), await faults(early)], ['four\n', []]);
  });

  it('notes what the disk can not do', async () => {
    const lowered = (path: string) => path.replace(/\.RATATOUILLE-DOCTOR.*/, (name) => name.toLowerCase());
    const insensitive: FileSystem = {
      ...without(nodeFileSystem, 'link'),
      status: (path) => nodeFileSystem.status(lowered(path)),
    };
    const { findings } = await lakeAt(root, { fileSystem: insensitive }).examine(thorough);
    assert.deepEqual(
      findings.map(({ kind, weight, message }) => [kind, weight, /hard links|case/.test(message)]),
      [
        ['folder', 'note', true],
        ['folder', 'note', true],
      ],
    );
  });

  it('finds nothing wrong where hard links are missing', async () => {
    const copies = { fileSystem: without(nodeFileSystem, 'link', 'clone') };
    const other = temporaryRoot();
    await publishEach(lakeAt(other, copies), 'gold.a', 'one', 'two');
    assert.deepEqual(await faults(lakeAt(other, copies)), []);
    truncateSync(await newestManifest(lakeAt(other, copies)), 5);
    await lakeAt(other, copies).repair(thorough);
    assert.equal(await contentOf(lakeAt(other, copies), 'gold.a'), 'one\n');
    assert.deepEqual(await faults(lakeAt(other, copies)), []);
  });
});
