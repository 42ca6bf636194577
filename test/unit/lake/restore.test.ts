import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lake } from '../../../src/lake/lake.js';
import type { CheckResult, TableEntry } from '../../../src/lake/manifest.js';
import { parseTableName } from '../../../src/lake/tableName.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import type { ProblemError } from '../../../src/protocol/problem.js';
import {
  afterBoot,
  columns,
  contentOf,
  details,
  lakeAt,
  publish,
  removeRoots,
  temporaryRoot,
  tree,
  versionDetails,
  versionFolders,
  writing,
} from './lakeFixture.js';

/** Publishes each text as a version of its own, by a writer and a run of its own. */
async function publishEach(lake: Lake, table: string, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await writing(lake, (writer) => publish(writer, { [table]: text }));
}

async function entryOf(lake: Lake, table: string): Promise<TableEntry> {
  const entry = (await lake.manifest()).tables[table] ?? (await lake.earlierTables()).tables[table];
  return entry ?? assert.fail(`${table} is not kept`);
}

/** Makes a version of a table current again. */
async function restore(lake: Lake, table: string, version: number): Promise<void> {
  await writing(lake, async (writer) => {
    const entry = await lake.entryAtVersion(await entryOf(lake, table), version);
    await writer.link(await writer.publish(9, [{ kind: 'entry', entry }]));
  });
}

const warned: CheckResult = { check: 'id > 1', action: 'warn', failures: 1 };

/** Judges the current version anew, as a run does whose checks changed. */
async function judge(lake: Lake, table: string): Promise<void> {
  const entry = await entryOf(lake, table);
  const version = { ...entry.version, checks: [warned], judgedIn: 8 };
  await writing(lake, (writer) => writer.publish(8, [{ kind: 'entry', entry: { ...entry, version } }]));
}

/** Writes the newest manifest as older programs did: with all that is known of earlier versions, no records, no checksum. */
async function fatten(lake: Lake, table: string): Promise<void> {
  const path = lake.layout.manifest((await lake.generations()).at(-1) ?? 0);
  const { sha256: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8'));
  const entry = manifest.tables[table];
  entry.earlier = entry.earlier.map((each: object) => ({ ...entry.version, sql: 'SELECT 0 AS id', ...each }));
  writeFileSync(path, JSON.stringify(manifest));
  for (const { directory } of entry.earlier) rmSync(recordOf(lake, table, directory));
}

function recordOf(lake: Lake, table: string, directory = ''): string {
  return lake.layout.versionRecord(parseTableName(table), directory);
}

const numbers = ({ version, earlier }: TableEntry) => [version, ...earlier].map((each) => each.version);

describe('an earlier version', () => {
  afterEach(removeRoots);

  it('is current again under the plain name, as it was published', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lake, 'gold.a', 'one', 'two', 'three');
    const [, second] = (await entryOf(lake, 'gold.a')).earlier;
    assert.equal(second?.version, 1);
    await restore(lake, 'gold.a', 1);
    assert.equal(readFileSync(join(root, 'data/gold/a.parquet'), 'utf8'), 'one\n');
    const { version } = await entryOf(lake, 'gold.a');
    assert.deepEqual(
      [version.sql, version.run, version.publishedAt],
      ['SELECT 1 AS id', 1, second?.publishedAt],
    );
  });

  it('leaves the one it replaces to be restored', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two', 'three');
    await restore(lake, 'gold.a', 1);
    assert.deepEqual(numbers(await entryOf(lake, 'gold.a')), [1, 3, 2]);
    await restore(lake, 'gold.a', 3);
    assert.equal(await contentOf(lake, 'gold.a'), 'three\n');
  });

  it('never lends its number to the next one', async () => {
    const lake = lakeAt(temporaryRoot(), { retention: { versions: 2 } });
    await publishEach(lake, 'gold.a', 'one', 'two', 'three');
    await restore(lake, 'gold.a', 1);
    await publishEach(lake, 'gold.a', 'four');
    assert.deepEqual(numbers(await entryOf(lake, 'gold.a')), [4, 1, 3]);
    assert.equal(versionFolders(lake.layout.root, 'gold.a').length, 3);
  });

  it('never lends the number of a view that it replaces', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one');
    const view = { kind: 'view', name: 'gold.a', columns, table: details, version: versionDetails } as const;
    await writing(lake, (writer) => writer.publish(1, [view]));
    await restore(lake, 'gold.a', 1);
    await publishEach(lake, 'gold.a', 'three');
    assert.deepEqual(numbers(await entryOf(lake, 'gold.a')), [3, 1]);
  });

  it('has the judgement that was its last, whatever took its place', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one');
    await judge(lake, 'gold.a');
    await publishEach(lake, 'gold.a', 'two');
    await restore(lake, 'gold.a', 1);
    await judge(lake, 'gold.a');
    await restore(lake, 'gold.a', 2);
    const { version } = await lake.entryAtVersion(await entryOf(lake, 'gold.a'), 1);
    assert.deepEqual([version.checks, version.judgedIn], [[warned], 8]);
  });

  it('of a removed table has its judgement after another one came back', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two');
    await judge(lake, 'gold.a');
    await writing(lake, (writer) => publish(writer, { 'gold.a': null }));
    await restore(lake, 'gold.a', 1);
    await restore(lake, 'gold.a', 2);
    assert.deepEqual((await entryOf(lake, 'gold.a')).version.checks, [warned]);
  });

  it('is offered only while it is whole', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two', 'three');
    const entry = await entryOf(lake, 'gold.a');
    const offered = async () => (await lake.restorableVersions(entry)).map(({ version }) => version);
    assert.deepEqual(await offered(), [3, 2, 1]);
    rmSync((await lake.snapshot()).files('gold.a', 1)?.[0] ?? '');
    rmSync(recordOf(lake, 'gold.a', entry.earlier[0]?.directory));
    assert.deepEqual(await offered(), [3]);
  });

  it('that is damaged is refused, and nothing changes', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two');
    const [file = ''] = (await lake.snapshot()).files('gold.a', 1) ?? [];
    rmSync(file);
    await assert.rejects(
      restore(lake, 'gold.a', 1),
      /Version 1 of gold\.a can't be restored: kept\.parquet is missing/,
    );
    assert.equal(await contentOf(lake, 'gold.a'), 'two\n');
  });

  it('without its record is refused, and can still be read', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two');
    const { directory = '' } = (await lake.snapshot()).version('gold.a', 1) ?? {};
    const record = recordOf(lake, 'gold.a', directory);
    for (const spoil of [() => writeFileSync(record, '{"format":1}'), () => rmSync(record)]) {
      spoil();
      const { problem } =
        (await restore(lake, 'gold.a', 1).catch((error: unknown) => error as ProblemError)) ?? assert.fail();
      assert.equal(problem.code, 'lake.damaged');
    }
    const [file = ''] = (await lake.snapshot()).files('gold.a', 1) ?? [];
    assert.equal(readFileSync(file, 'utf8'), 'one\n');
  });
});

describe('a removed table', () => {
  afterEach(removeRoots);

  it('comes back with its versions after runs and a sweep', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lake, 'gold.gone', 'one', 'two');
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    await publishEach(lake, 'gold.a', '1', '2', '3');
    const dead = await lakeAt(root, { processes: afterBoot(1) }).openWriter();
    await dead.stage('gold.a');
    const later = lakeAt(root, { processes: afterBoot(2) });
    await publishEach(later, 'gold.a', '4');
    await restore(later, 'gold.gone', 2);
    await publishEach(later, 'gold.a', '5');
    assert.equal(readFileSync(join(root, 'data/gold/gone.parquet'), 'utf8'), 'two\n');
    await restore(later, 'gold.gone', 1);
    assert.equal(await contentOf(later, 'gold.gone'), 'one\n');
  });

  it('is kept though another environment has a table of its name', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lakeAt(root, { environment: 'trial' }), 'gold.a', 'trial');
    await publishEach(lake, 'gold.a', 'prod');
    await writing(lake, (writer) => publish(writer, { 'gold.a': null }));
    await publishEach(lake, 'gold.b', '1');
    await restore(lake, 'gold.a', 1);
    assert.equal(await contentOf(lake, 'gold.a'), 'prod\n');
  });

  it('is found past an older manifest that is damaged', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.gone', 'one', 'two');
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    writeFileSync(lake.layout.manifest(1), '{');
    await restore(lake, 'gold.gone', 2);
    assert.equal(await contentOf(lake, 'gold.gone'), 'two\n');
    await assert.rejects(lake.manifestAt(1), ({ problem }: ProblemError) =>
      /Only tables that were removed/.test(problem.hint ?? ''),
    );
  });

  it('keeps its files while a manifest that may name them can not be read', async () => {
    const root = temporaryRoot();
    const logged: string[] = [];
    const lake = lakeAt(root, { logger: { ...silentLogger, warn: (line) => logged.push(line) } });
    await publishEach(lake, 'gold.gone', 'one');
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    const manifest = lake.layout.manifest(1);
    const whole = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, whole.slice(0, 40));
    for (const text of ['1', '2']) await publishEach(lake, 'gold.a', text);
    assert.match(logged.join('\n'), /00000001\.json can't be read: .* versions stay on disk/);
    assert.equal(versionFolders(root, 'gold.gone').length, 1);
    writeFileSync(manifest, whole);
    await restore(lake, 'gold.gone', 1);
    assert.equal(await contentOf(lake, 'gold.gone'), 'one\n');
  });

  it('loses its files when the manifest that can not be read is removed', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lake, 'gold.gone', 'one');
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    writeFileSync(lake.layout.manifest(1), '');
    await publishEach(lake, 'gold.a', '1');
    assert.equal(versionFolders(root, 'gold.gone').length, 1);
    rmSync(lake.layout.manifest(1));
    await publishEach(lake, 'gold.a', '2');
    assert.equal(versionFolders(root, 'gold.gone').length, 0);
  });

  it('does not keep a start after a kill from going on when its manifest is damaged', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await publishEach(lake, 'gold.gone', 'one');
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    writeFileSync(lake.layout.manifest(1), '{');
    const dead = await lakeAt(root, { processes: afterBoot(1) }).openWriter();
    await dead.stage('gold.a');
    const later = lakeAt(root, { processes: afterBoot(2) });
    await publishEach(later, 'gold.a', '4');
    assert.equal(await contentOf(later, 'gold.a'), '4\n');
    assert.deepEqual(readdirSync(later.layout.staging), []);
  });

  it('is gone with the last manifest that has it', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root, { retention: { generations: 2 } });
    await publishEach(lake, 'gold.gone', 'one');
    await writing(lake, (writer) => publish(writer, { 'gold.gone': null }));
    assert.deepEqual(Object.keys((await lake.earlierTables()).tables), ['gold.gone']);
    await publishEach(lake, 'gold.a', '1', '2');
    assert.deepEqual((await lake.earlierTables()).tables, {});
    assert.deepEqual(
      tree(root).filter((path) => path.includes('gone')),
      [],
    );
  });
});

describe('a manifest', () => {
  afterEach(removeRoots);

  it('has of earlier versions only what finds them', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two');
    const [earlier] = (await entryOf(lake, 'gold.a')).earlier;
    assert.deepEqual(Object.keys(earlier ?? {}).sort(), [
      'bytes',
      'directory',
      'files',
      'plain',
      'publishedAt',
      'quarantine',
      'rows',
      'run',
      'version',
    ]);
  });

  it('that has more of them is read, and has less when it is written', async () => {
    const lake = lakeAt(temporaryRoot());
    await publishEach(lake, 'gold.a', 'one', 'two');
    await fatten(lake, 'gold.a');
    const reader = lakeAt(lake.layout.root);
    assert.equal((await reader.snapshot()).version('gold.a', 1)?.version, 1);
    await publishEach(reader, 'gold.a', 'three');
    assert.doesNotMatch(JSON.stringify((await entryOf(reader, 'gold.a')).earlier), /fingerprint|sql/);
  });

  /** What may happen to a fat manifest before one of its versions is restored. */
  const fates: Readonly<Record<string, (lake: Lake) => Promise<void>>> = {
    'at once': async () => {},
    'after a publish': (lake) => publishEach(lake, 'gold.a', 'three'),
    'after a publish of another table': (lake) => publishEach(lake, 'gold.b', 'one'),
    'after it was renamed': (lake) =>
      writing(lake, async (writer) => {
        const renamed = await writer.rename(await entryOf(lake, 'gold.a'), 'gold.c');
        await writer.publish(9, [{ kind: 'rename', renamed }]);
      }),
  };
  for (const [when, befall] of Object.entries(fates)) {
    it(`that has more of them restores them: ${when}`, async () => {
      const root = temporaryRoot();
      await publishEach(lakeAt(root), 'gold.a', 'one', 'two');
      await fatten(lakeAt(root), 'gold.a');
      const lake = lakeAt(root);
      await befall(lake);
      const { 'gold.a': kept, 'gold.c': renamed } = (await lake.manifest()).tables;
      const { version } = await lake.entryAtVersion(renamed ?? kept ?? assert.fail(), 1);
      assert.deepEqual([version.version, version.sql], [1, 'SELECT 0 AS id']);
    });
  }
});
