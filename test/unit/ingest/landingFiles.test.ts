import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listLandingFiles } from '../../../src/ingest/landingFiles.js';
import { parsePattern } from '../../../src/ingest/pattern.js';
import { LandingFixture, problemOf } from './landingFixture.js';

describe('the files of a landing pattern', () => {
  let fixture: LandingFixture;
  afterEach(() => fixture.remove());

  const withFiles = (...paths: readonly string[]) => {
    fixture = new LandingFixture(Object.fromEntries(paths.map((path) => [path, 'a,b\n1,2\n'])));
  };
  const list = (pattern: string) =>
    listLandingFiles(fixture.landingDirectory, parsePattern(pattern)).files.map(({ path }) => path);
  const link = (target: string, path: string) => symlinkSync(target, join(fixture.landingDirectory, path));

  it('come in the order of code units', () => {
    withFiles('b.csv', 'a/z.csv', 'B.csv', 'ä.csv', 'a10.csv', 'a9.csv', 'a.csv');
    assert.deepEqual(list('**/*.csv'), ['B.csv', 'a.csv', 'a/z.csv', 'a10.csv', 'a9.csv', 'b.csv', 'ä.csv']);
  });

  it('are told where the case of a name or of a folder hides them', () => {
    withFiles('pos/Till/a.csv', 'pos/till/b.csv', 'POS/till/c.csv', 'pos/till/_d.csv', 'pos/till/e.md');
    symlinkSync(join(fixture.landingDirectory, '..'), join(fixture.landingDirectory, 'pos', 'TILL'));
    const missed = (pattern: string) =>
      listLandingFiles(fixture.landingDirectory, parsePattern(pattern)).inOtherCase;
    assert.deepEqual(missed('pos/till/*.csv'), ['POS/till/c.csv', 'pos/Till/a.csv']);
    assert.deepEqual(missed('Pos/**/B.csv'), ['pos/till/b.csv']);
    assert.deepEqual(missed('**/*.csv'), []);
  });

  it('are never hidden or unfinished', () => {
    withFiles(
      'a.csv',
      '.b.csv',
      '_c.csv',
      '~d.csv',
      'e.csv~',
      'f.csv.tmp',
      'g.csv.part',
      '_old/h.csv',
      '.git/i.csv',
    );
    assert.deepEqual(list('**/*'), ['a.csv']);
  });

  it('are all kinds that can be read', () => {
    withFiles('a.csv', 'b.TSV', 'c.txt', 'd.csv.gz', 'e.tsv.gz');
    assert.equal(list('*').length, 5);
  });

  it('are none in an absent folder', () => {
    withFiles();
    assert.deepEqual(list('x/*.csv'), []);
    assert.deepEqual(listLandingFiles(join(fixture.root, 'none'), parsePattern('*')).files, []);
  });

  for (const name of ['a.xlsx', 'b.parquet', 'c.csv.zip', 'd.txt.gz', 'noending']) {
    it(`can not be ${name}`, async () => {
      withFiles('a.csv', name);
      const problem = await problemOf(() => list('*'));
      assert.equal(problem.code, 'landing.path');
      assert.match(problem.message, /is not a file that landing\(\) reads/);
    });
  }

  it('can be reached through links inside landing', () => {
    withFiles('store/a.csv');
    link(join(fixture.landingDirectory, 'store'), 'alias');
    assert.deepEqual(list('alias/*.csv'), ['alias/a.csv']);
    assert.deepEqual(list('**/*.csv'), ['store/a.csv']);
  });

  for (const [title, outside] of [
    ['a file', 'secret.csv'],
    ['a folder beside landing with its name in front', 'data/landing-two'],
  ] as const) {
    it(`refuse a link that leads out to ${title}`, async () => {
      withFiles('a.csv');
      const target = join(fixture.root, outside);
      if (outside.endsWith('.csv')) writeFileSync(target, 'a,b\n');
      else mkdirSync(target);
      link(target, 'out.csv');
      const problem = await problemOf(() => list('*/*.csv') && list('*.csv') && list('out.csv/*'));
      assert.equal(problem.code, 'landing.path');
      assert.match(problem.message, /data\/landing\/out\.csv is a link that leads out/);
    });
  }

  it('refuse a link that leads nowhere', async () => {
    withFiles();
    link(join(fixture.landingDirectory, 'gone.csv'), 'a.csv');
    assert.match((await problemOf(() => list('*.csv'))).message, /leads nowhere/);
  });

  it('refuse one file under two names', async () => {
    withFiles('2024.csv');
    link('2024.csv', 'latest.csv');
    assert.match((await problemOf(() => list('*.csv'))).message, /2024\.csv and .*latest\.csv are one file/);
  });
});
