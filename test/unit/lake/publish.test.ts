import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../../../src/protocol/problem.js';
import {
  afterBoot,
  columns,
  contentOf,
  details,
  lakeAt,
  one,
  publish,
  readFooters,
  removeRoots,
  tableChange,
  temporaryRoot,
  tree,
  versionDetails,
  versionFolders,
  writing,
} from './lakeFixture.js';

/** Expects a ProblemError with a code, and returns its message. */
async function refused(code: string, step: () => Promise<unknown>): Promise<string> {
  try {
    await step();
  } catch (error) {
    assert(error instanceof ProblemError, String(error));
    assert.equal(error.problem.code, code);
    return `${error.problem.message} ${error.problem.hint ?? ''}`;
  }
  return assert.fail(`expected ${code}`);
}

describe('publish', () => {
  afterEach(removeRoots);

  it('makes a table current for readers and outsiders', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await writing(lake, (writer) => publish(writer, { 'silver.Sales': 'a' }, 7));
    const { manifest, entry } = await lake.snapshot();
    assert.equal(manifest.generation, 1);
    assert.equal(entry('SILVER.sales')?.name, 'silver.Sales');
    assert.equal(entry('silver.sales')?.version.run, 7);
    assert.equal(readFileSync(join(root, 'data/silver/sales.parquet'), 'utf8'), 'a\n');
    assert.equal(await contentOf(lake, 'silver.sales'), 'a\n');
  });

  it('leaves nothing else behind after closing', async () => {
    const root = temporaryRoot();
    await writing(lakeAt(root), (writer) => publish(writer, { 'gold.a': 'a' }));
    const [version] = versionFolders(root, 'gold.a');
    assert.deepEqual(tree(root), [
      '.ratatouille/manifests/prod/00000001.json',
      '.ratatouille/plain-names.json',
      `.ratatouille/versions/gold/a/${version}/kept.parquet`,
      'data/gold/a.parquet',
    ]);
    assert.deepEqual(readdirSync(join(root, '.ratatouille/staging/prod')), []);
  });

  it('makes version files read-only', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'a' }));
    const [file = ''] = (await lake.snapshot()).files('gold.a') ?? [];
    assert.equal(statSync(file).mode & 0o777, 0o444);
    assert.equal(statSync(join(root, 'data/gold/a.parquet')).mode & 0o777, 0o444);
  });

  it('commits a batch as one generation', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, (writer) => publish(writer, { 'bronze.a': 'a', 'silver.b': 'b', 'gold.c': 'c' }));
    const manifest = await lake.manifest();
    assert.equal(manifest.generation, 1);
    assert.deepEqual(Object.keys(manifest.tables), ['bronze.a', 'silver.b', 'gold.c']);
  });

  it('keeps dropped rows apart from the table', async () => {
    const lake = lakeAt(temporaryRoot());
    const content = { files: { 'kept.parquet': '1\n' }, quarantine: '2\n3\n', directory: true };
    await writing(lake, (writer) => publish(writer, { 'silver.a': content }));
    const snapshot = await lake.snapshot();
    assert.equal(snapshot.entry('silver.a')?.version.rows, 1);
    assert.equal(snapshot.entry('silver.a')?.version.quarantine[0]?.rows, 2);
    assert.equal(readFileSync(snapshot.quarantine('silver.a')?.[0] ?? '', 'utf8'), '2\n3\n');
    assert.deepEqual(readdirSync(join(lake.layout.plain({ layer: 'silver', table: 'a' }, 'directory'))), [
      'kept.parquet',
    ]);
  });

  it('keeps rejected records apart, and nothing of what made them', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, (writer) => publish(writer, { 'silver.a': { ...one('1'), rejects: 'x\ny\n' } }));
    const { entry, rejects } = await lake.snapshot();
    const [file = ''] = rejects('silver.a') ?? [];
    assert.equal(readFileSync(file, 'utf8'), 'x\ny\n');
    assert.equal(statSync(file).mode & 0o777, 0o444);
    const { records, files } = entry('silver.a')?.version.rejects ?? assert.fail();
    assert.deepEqual([records, files.map(({ name, rows }) => [name, rows])], [1, [['1.parquet', 2]]]);
    assert.deepEqual(readdirSync(lake.layout.stagingRoot, { recursive: true }), ['prod']);
  });

  it('refuses rejects that are not what was said', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, async (writer) => {
      const staged = await writer.stage('silver.a');
      const write = (folder: string) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'a.parquet'), '1\n');
        return join(folder, 'a.parquet');
      };
      const files = [{ path: write(staged.directory), rows: 1 }];
      const rejects = { records: 2, files: [{ path: write(staged.work), rows: 2 }] };
      const verify = () => writer.verify(staged, { columns, files, rejects }, readFooters);
      assert.match(await refused('lake.unverified', verify), /has 1 rows instead of 2/);
    });
  });

  it('shows several files as a linked folder', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    for (const text of ['1\n', '2\n']) {
      const content = { files: { 'a.parquet': text, 'b.parquet': text } };
      await writing(lake, (writer) => publish(writer, { 'gold.parts': content }));
      assert.equal(readFileSync(join(root, 'data/gold/parts/b.parquet'), 'utf8'), text);
    }
    assert.deepEqual(readdirSync(join(root, 'data/gold')), ['parts']);
  });

  it('replaces a file by a folder and back', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    for (const directory of [false, true, false]) {
      await writing(lake, (writer) => publish(writer, { 'gold.a': { ...one('a'), directory } }));
      assert.deepEqual(readdirSync(join(root, 'data/gold')), [directory ? 'a' : 'a.parquet']);
    }
  });

  it('stores a view without files', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await writing(lake, async (writer) => {
      await publish(writer, { 'gold.v': 'was a table' });
      const view = {
        kind: 'view',
        name: 'gold.V',
        columns,
        table: details,
        version: versionDetails,
      } as const;
      await writer.link(await writer.publish(2, [view]));
    });
    assert.equal((await lake.snapshot()).entry('gold.v')?.version.version, 2);
    assert.deepEqual((await lake.snapshot()).files('gold.v'), []);
    assert.equal(existsSync(join(root, 'data/gold/v.parquet')), false);
  });

  it('changes an entry without a new version', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, async (writer) => {
      await publish(writer, { 'gold.a': 'a' });
      const entry = writer.manifest.tables['gold.a'];
      assert(entry);
      await writer.publish(2, [{ kind: 'entry', entry: { ...entry, description: 'All of a' } }]);
    });
    const entry = (await lake.snapshot()).entry('gold.a');
    assert.equal(entry?.description, 'All of a');
    assert.equal(entry?.version.version, 1);
  });

  it('removes a table and its plain file', async () => {
    const root = temporaryRoot();
    const lake = lakeAt(root);
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'a', 'gold.b': 'b' }));
    await writing(lake, (writer) => publish(writer, { 'gold.a': null }));
    assert.deepEqual(readdirSync(join(root, 'data/gold')), ['b.parquet']);
    const before = await lake.manifestAt(1);
    const directory = before?.tables['gold.a']?.version.directory ?? '';
    assert(existsSync(lake.layout.version({ layer: 'gold', table: 'a' }, directory)), 'restorable');
  });

  it('does not commit an empty batch', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, (writer) => writer.publish(1, []));
    assert.equal((await lake.manifest()).generation, 0);
  });

  it('serialises publishes that are started together', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, async (writer) => {
      const changes = await Promise.all(
        ['a', 'b', 'c'].map((name) => tableChange(writer, `gold.${name}`, one('x'))),
      );
      await Promise.all(changes.map(async (change) => writer.link(await writer.publish(1, [change]))));
    });
    assert.deepEqual(Object.keys((await lake.manifest()).tables).sort(), ['gold.a', 'gold.b', 'gold.c']);
  });

  it('leaves plain names to the default environment', async () => {
    const root = temporaryRoot();
    await writing(lakeAt(root), (writer) => publish(writer, { 'gold.a': 'prod' }));
    const trial = lakeAt(root, { environment: 'trial' });
    await writing(trial, (writer) => publish(writer, { 'gold.a': 'trial' }));
    assert.equal(readFileSync(join(root, 'data/gold/a.parquet'), 'utf8'), 'prod\n');
    assert.equal(await contentOf(trial, 'gold.a'), 'trial\n');
    assert.equal(await contentOf(lakeAt(root), 'gold.a'), 'prod\n');
  });
});

describe('a publish that finds its generation taken', () => {
  afterEach(removeRoots);

  it('is a conflict and leaves no version behind', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, async (writer) => {
      await publish(writer, { 'gold.a': 'a' });
      const rival = JSON.stringify({ ...writer.manifest, generation: 2 });
      writeFileSync(lake.layout.manifest(2), rival);
      await refused('lake.conflict', () => publish(writer, { 'gold.a': 'b' }));
      assert.equal(readdirSync(lake.layout.versions({ layer: 'gold', table: 'a' })).length, 2);
      assert.equal(readFileSync(lake.layout.manifest(2), 'utf8'), rival);
    });
  });

  it('is not tried without the lease', async () => {
    const lake = lakeAt(temporaryRoot());
    const writer = await lake.openWriter();
    rmSync(lake.layout.lease);
    await refused('lake.conflict', () => publish(writer, { 'gold.a': 'a' }));
    assert.equal(writer.lease.lost, true);
    await writer.close();
    assert.equal((await lake.manifest()).generation, 0);
  });
});

describe('verify', () => {
  afterEach(removeRoots);

  const cases = [
    {
      title: 'rows that the file does not have',
      rows: 2,
      extra: undefined,
      names: ['id'],
      says: /1 rows instead of 2/,
    },
    { title: 'a file that was not announced', rows: 1, extra: 'tmp_x', names: ['id'], says: /holds tmp_x/ },
    { title: 'other columns', rows: 1, extra: undefined, names: ['other'], says: /other columns/ },
  ];
  for (const { title, rows, extra, names, says } of cases) {
    it(`refuses ${title}`, async () => {
      await writing(lakeAt(temporaryRoot()), async (writer) => {
        const staged = await writer.stage('gold.a');
        const path = join(staged.directory, 'kept.parquet');
        writeFileSync(path, '1\n');
        if (extra !== undefined) writeFileSync(join(staged.directory, extra), '');
        const said = { columns: names.map((name) => ({ name, type: 'BIGINT' })), files: [{ path, rows }] };
        assert.match(await refused('lake.unverified', () => writer.verify(staged, said, readFooters)), says);
      });
    });
  }

  it('refuses a file outside its folder', async () => {
    await writing(lakeAt(temporaryRoot()), async (writer) => {
      const staged = await writer.stage('gold.a');
      const said = { columns, files: [{ path: join(staged.directory, '../x.parquet'), rows: 1 }] };
      await refused('lake.unverified', () => writer.verify(staged, said, readFooters));
    });
  });

  it('refuses a name that is a path', async () => {
    await writing(lakeAt(temporaryRoot()), async (writer) => {
      await refused('model.name', () => writer.stage('gold.../../x'));
    });
  });
});

describe('the manifest', () => {
  afterEach(removeRoots);

  it('is empty when nothing was published', async () => {
    const root = temporaryRoot();
    const manifest = await lakeAt(root).manifest();
    assert.equal(manifest.generation, 0);
    assert.deepEqual(tree(root), []);
  });

  for (const [title, text] of [
    ['cut', '{"format":1,'],
    ['of a later format', '{"format":2}'],
    ['of another generation', '{"format":1,"environment":"prod","generation":9,"tables":{}}'],
    [
      'without a version',
      '{"format":1,"environment":"prod","generation":2,"tables":{"gold.a":{"name":"gold.a"}}}',
    ],
  ] as const) {
    it(`is never passed over when it is ${title}`, async () => {
      const lake = lakeAt(temporaryRoot());
      await writing(lake, (writer) => publish(writer, { 'gold.a': 'a' }));
      writeFileSync(lake.layout.manifest(2), text);
      assert.match(await refused('lake.damaged', () => lake.manifest()), /00000002\.json/);
      await refused('lake.damaged', () => lake.openWriter());
      assert.equal(await lake.holder(), undefined);
    });
  }

  it('ignores temporary files beside it', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'a' }));
    writeFileSync(lake.layout.manifestTemporary(2, 'x'), 'half');
    assert.equal((await lake.manifest()).generation, 1);
  });

  it('that was filled in part is continued from its temporary file', async () => {
    const root = temporaryRoot();
    const dead = lakeAt(root, { processes: afterBoot(1) });
    await publish(await dead.openWriter(), { 'gold.a': 'a' });
    const text = readFileSync(dead.layout.manifest(1), 'utf8');
    writeFileSync(dead.layout.manifest(1), text.slice(0, 40));
    writeFileSync(dead.layout.manifestTemporary(1, 'x'), text);
    const lake = lakeAt(root, { processes: afterBoot(2) });
    assert.deepEqual(Object.keys((await lake.manifest()).tables), ['gold.a']);
    await writing(lake, async () => {});
    assert.equal(readFileSync(lake.layout.manifest(1), 'utf8'), text);
    assert.deepEqual(readdirSync(join(lake.layout.manifest(1), '..')), ['00000001.json', '00000002.json']);
  });

  it('is read again when its file is another one', async () => {
    const lake = lakeAt(temporaryRoot());
    await writing(lake, (writer) => publish(writer, { 'gold.a': 'a' }));
    const before = await lake.manifest();
    rmSync(lake.layout.manifest(1));
    writeFileSync(lake.layout.manifest(1), JSON.stringify({ ...before, run: 99 }));
    assert.equal((await lake.manifest()).run, 99);
  });

  it('is kept in memory until there is a newer one', async () => {
    const root = temporaryRoot();
    const reader = lakeAt(root);
    await writing(lakeAt(root), (writer) => publish(writer, { 'gold.a': 'a' }));
    const before = await reader.manifest();
    assert.equal(await reader.manifest(), before);
    await writing(lakeAt(root), (writer) => publish(writer, { 'gold.b': 'b' }));
    assert.deepEqual(Object.keys((await reader.manifest()).tables), ['gold.a', 'gold.b']);
  });
});
