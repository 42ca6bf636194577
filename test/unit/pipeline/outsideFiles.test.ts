import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createOutsideFiles, type KnownFile } from '../../../src/pipeline/outsideFiles.js';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const longAgo = new Date('2020-02-02T00:00:00Z');

describe('outside files', () => {
  let root: string;
  let known: Map<string, KnownFile>;

  beforeEach(() => {
    root = join(realpathSync(mkdtempSync(join(tmpdir(), 'ratatouille-outside-'))), 'my (project)');
    known = new Map();
    write('rates/a.csv', 'one');
    write('rates/b.csv', 'two');
    write('rates/deep/c.csv', 'three');
    write('rates/notes.txt', 'no');
  });

  afterEach(() => rmSync(dirname(root), { recursive: true }));

  function write(path: string, text: string, time = longAgo): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), time, time);
  }

  async function inputs(path: string): Promise<readonly (readonly [string, string])[]> {
    const found = await createOutsideFiles(root, known).inputs(path);
    return found.map((input) => [input.path, input.sha256]);
  }

  const globs: Readonly<Record<string, readonly string[]>> = {
    'rates/a.csv': ['rates/a.csv'],
    './rates/a.csv': ['rates/a.csv'],
    'rates/*.csv': ['rates/a.csv', 'rates/b.csv'],
    'rates/**/*.csv': ['rates/a.csv', 'rates/b.csv', 'rates/deep/c.csv'],
    'rates/[ab].csv': ['rates/a.csv', 'rates/b.csv'],
    '*/?.csv': ['rates/a.csv', 'rates/b.csv'],
    'nowhere/*.csv': [],
    'rates/a.csv/*': [],
    'rates/gone.csv': [],
    rates: [],
  };
  for (const [path, expected] of Object.entries(globs)) {
    it(`are found by ${path}`, async () => {
      assert.deepEqual(
        (await inputs(path)).map(([name]) => name),
        expected,
      );
      const absolute = await inputs(join(root, path));
      assert.deepEqual(
        absolute.map(([name]) => name),
        expected,
      );
    });
  }

  it('are no longer read once that is cancelled', async () => {
    write('rates/endless.csv', '');
    truncateSync(join(root, 'rates/endless.csv'), 100e9);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const hashing = createOutsideFiles(root, known).inputs('rates/*.csv', { signal: controller.signal });
    await assert.rejects(hashing, {
      problem: { code: 'sql.cancelled', severity: 'error', message: 'Reading the files was cancelled.' },
    });
  });

  it('are found in a folder whose name looks like a glob', async () => {
    const elsewhere = join(root, 'year [20]');
    write('year [20]/rates {a}+(b).csv', 'x');
    const found = await createOutsideFiles(elsewhere, known).inputs('r* {a}+(b).csv');
    assert.deepEqual(
      found.map(({ path }) => path),
      ['rates {a}+(b).csv'],
    );
  });

  it('are found through links, as the engine finds them', async () => {
    symlinkSync(join(root, 'rates/deep'), join(root, 'rates/linked'), 'junction');
    symlinkSync(join(root, 'rates/a.csv'), join(root, 'rates/deep/d.csv'));
    symlinkSync(join(root, 'rates/gone'), join(root, 'rates/deep/e.csv'));
    const names = async (path: string) => (await inputs(path)).map(([name]) => name);
    const two = ['rates/deep/c.csv', 'rates/deep/d.csv'];
    assert.deepEqual(await names('rates/*/*.csv'), [...two, 'rates/linked/c.csv', 'rates/linked/d.csv']);
    assert.deepEqual(await names('rates/d*/**/*.csv'), two);
  });

  it('are found in the home folder', async () => {
    const { HOME, USERPROFILE } = process.env;
    Object.assign(process.env, { HOME: root, USERPROFILE: root });
    try {
      assert.deepEqual(await inputs('~/rates/a.csv'), [['rates/a.csv', hash('one')]]);
      assert.equal((await inputs('~/rates/*.csv')).length, 2);
    } finally {
      Object.assign(process.env, { HOME, USERPROFILE });
      if (HOME === undefined) delete process.env.HOME;
      if (USERPROFILE === undefined) delete process.env.USERPROFILE;
    }
  });

  it('have the hash of their content', async () =>
    assert.deepEqual(await inputs('rates/a.csv'), [['rates/a.csv', hash('one')]]));

  it('are named absolutely outside the project', async () => {
    const file = join(dirname(root), 'other.csv');
    writeFileSync(file, 'x');
    assert.deepEqual(await inputs(file), [[file.replaceAll('\\', '/'), hash('x')]]);
    assert.deepEqual(await inputs('../other.csv'), [[file.replaceAll('\\', '/'), hash('x')]]);
  });

  it('are seen to change, at the same size and time too', async () => {
    await inputs('rates/a.csv');
    write('rates/a.csv', 'eno');
    assert.deepEqual(await inputs('rates/a.csv'), [['rates/a.csv', hash('eno')]]);
  });

  it('are the same with the same content of another time', async () => {
    const before = await inputs('rates/a.csv');
    write('rates/a.csv', 'one', new Date('2021-01-01T00:00:00Z'));
    assert.deepEqual(await inputs('rates/a.csv'), before);
  });

  it('are read once while nothing moves', async () => {
    await inputs('rates/a.csv');
    const [[file, stamp] = assert.fail()] = known;
    known.set(file, { ...stamp, sha256: 'as remembered' });
    assert.deepEqual(await inputs('rates/a.csv'), [['rates/a.csv', 'as remembered']]);
  });

  it('are not trusted when they were written just now', async () => {
    write('rates/a.csv', 'fresh', new Date());
    await inputs('rates/a.csv');
    assert.equal(known.size, 0);
  });
});
