import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { emptyLandingCache } from '../../../src/ingest/fileKnowledge.js';
import { LandingFixture, problemOf, readLanding, useEngine } from './landingFixture.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const later = () => Date.now() + 10_000;

describe('landing', () => {
  const engine = useEngine();
  let fixture: LandingFixture;
  afterEach(() => fixture.remove());

  const withFiles = (files: Readonly<Record<string, string>>) => {
    fixture = new LandingFixture(files);
    return fixture;
  };
  const read = (pattern: string, options = {}) =>
    readLanding(fixture.landing(options), pattern, engine.session());

  it('says what was read', async () => {
    withFiles({ 'p/b.csv': 'id,n\n1,a\n', 'p/a.csv': 'id,n\n2,b\n3,c\n' });
    const { files, rows } = await read('p/*.csv');
    assert.deepEqual(files, [
      { path: 'p/a.csv', bytes: 13, sha256: sha256('id,n\n2,b\n3,c\n'), records: 2 },
      { path: 'p/b.csv', bytes: 9, sha256: sha256('id,n\n1,a\n'), records: 1 },
    ]);
    assert.deepEqual(
      rows.map((row) => row.slice(-2)),
      [
        ['p/a.csv', '1'],
        ['p/a.csv', '2'],
        ['p/b.csv', '1'],
      ],
    );
  });

  describe('inspected', () => {
    it('knows files without the engine', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing();
      assert.deepEqual(await landing.inspect('*.csv'), {
        pattern: '*.csv',
        files: [{ path: 'a.csv', bytes: 9 }],
        inOtherCase: [],
      });
      const { files } = await landing.inspect('*.csv', { hash: true });
      assert.deepEqual(files, [{ path: 'a.csv', bytes: 9, sha256: sha256('id,n\n1,a\n') }]);
    });

    it('reads no further once that is cancelled', async () => {
      withFiles({ 'a.csv': '' });
      truncateSync(join(fixture.landingDirectory, 'a.csv'), 100e9);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      const looking = fixture.landing().inspect('*.csv', { hash: true, signal: controller.signal });
      assert.equal((await problemOf(() => looking)).code, 'sql.cancelled');
    });

    it('tells of the contract once there is one', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing();
      const source = await landing.open('*.csv');
      await source.finish();
      assert.deepEqual(source.contract, { ...(await landing.inspect('*.csv')).contract, written: true });
      assert.equal(source.contract.path, 'contracts/landing.json');
    });

    it('sees a contract that was changed', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing();
      await readLanding(landing, '*.csv', engine.session());
      const before = (await landing.inspect('*.csv')).contract?.hash;
      fixture.writeContract('landing.json', fixture.contract('landing.json').replace('BIGINT', 'VARCHAR'));
      assert.notEqual((await landing.inspect('*.csv')).contract?.hash, before);
    });

    it('says what there is instead of no files', async () => {
      withFiles({ 'pos_sales/a.csv': '', 'pos_sales/b.csv': '', 'stores.csv': '', '_x.csv': '' });
      const problem = await problemOf(() => fixture.landing().inspect('pos_sale/*.csv'));
      assert.equal(problem.code, 'landing.empty');
      assert.equal(
        problem.hint,
        "Did you mean landing('pos_sales/*.csv')? data/landing holds pos_sales/*.csv (2), stores.csv (1). Skipped, as hidden or unfinished: _x.csv.",
      );
    });
  });

  describe('trusts a file', () => {
    const known = async (options: { clock?: () => number } = {}) => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing({ clock: later, ...options });
      await readLanding(landing, '*.csv', engine.session());
      return JSON.parse(JSON.stringify(landing.cache()));
    };
    const hashOf = async (cache: typeof emptyLandingCache) =>
      (await fixture.landing({ cache }).inspect('*.csv')).files[0]?.sha256;

    it('whose stamp is what it was', async () => {
      const cache = await known();
      assert.equal(await hashOf(cache), sha256('id,n\n1,a\n'));
    });

    it('but not within two seconds of its writing', async () => {
      const cache = await known({ clock: Date.now });
      assert.equal(await hashOf(cache), undefined);
    });

    it('but not after a write of the same size', async () => {
      const cache = await known();
      fixture.write('a.csv', 'id,n\n2,a\n');
      assert.equal(await hashOf(cache), undefined);
    });

    it('but not after a write that restores its time', async () => {
      const cache = await known();
      const file = fixture.write('b.csv', 'id,n\n2,a\n');
      const modified = cache.files['a.csv'].modifiedMs / 1000;
      utimesSync(file, modified, modified);
      renameSync(file, join(fixture.landingDirectory, 'a.csv'));
      assert.equal(await hashOf(cache), undefined);
    });

    it('but not after a write into it that restores its time', async () => {
      const cache = await known();
      const modified = cache.files['a.csv'].modifiedMs / 1000;
      utimesSync(fixture.write('a.csv', 'id,n\n2,a\n'), modified, modified);
      assert.equal(await hashOf(cache), undefined);
    });

    it('and does not scan it again', async () => {
      const cache = await known();
      const records = 77;
      cache.files['a.csv'].scan.records = records;
      assert.equal((await read('*.csv', { cache })).files[0]?.records, records);
    });

    it('and scans it again for another dialect', async () => {
      const cache = await known();
      cache.files['a.csv'].scan.records = 77;
      fixture.writeContract(
        'landing.json',
        fixture
          .contract('landing.json')
          .replace('"header": true', '"header": false')
          .replace('BIGINT', 'VARCHAR'),
      );
      assert.equal((await read('*.csv', { cache })).files[0]?.records, 2);
    });

    it('and forgets it when it is gone', async () => {
      const cache = await known();
      renameSync(join(fixture.landingDirectory, 'a.csv'), join(fixture.landingDirectory, 'b.csv'));
      const landing = fixture.landing({ cache });
      await landing.inspect('*.csv');
      assert.deepEqual(landing.cache(), emptyLandingCache);
    });
  });

  describe('with a file that changes', () => {
    for (const [title, change] of [
      ['grows', (file: string) => appendFileSync(file, '2,b\n')],
      ['is written again', (file: string) => writeFileSync(file, 'id,n\n2,b\n')],
      ['is renamed', (file: string) => renameSync(file, `${file}.gz`)],
    ] as const) {
      it(`refuses one that ${title} while it is read`, async () => {
        withFiles({ 'a.csv': 'id,n\n1,a\n' });
        const source = await fixture.landing().open('*.csv');
        change(join(fixture.landingDirectory, 'a.csv'));
        const problem = await problemOf(() => source.finish());
        assert.equal(problem.code, 'landing.file');
        assert.match(problem.message, /a\.csv changed while it was read/);
      });
    }
  });

  describe('and contracts', () => {
    it('writes one at the first look', async () => {
      withFiles({ 'pos/a.csv': 'id;n\n1;a\n' });
      const source = await fixture.landing().open('pos/*.csv');
      assert.deepEqual([source.contract.path, source.contract.written], ['contracts/pos.json', true]);
      assert.match(
        fixture.contract('pos.json'),
        /"files": "pos\/\*\.csv",\n {2}"encoding": "utf-8",\n {2}"delimiter": ";"/,
      );
      assert.equal((await fixture.landing().open('pos/*.csv')).contract.written, false);
    });

    it('writes one for two models that look at once', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing();
      const [first, second] = await Promise.all([landing.open('*.csv'), landing.open('*.csv')]);
      assert.deepEqual(first.contract, second.contract);
      assert.throws(() => fixture.contract('landing_2.json'));
    });

    it('never writes over the contract of another', async () => {
      withFiles({ 'pos/a.csv': 'id,n\n1,a\n', 'pos/x/b.csv': 'id,n\n2,b\n' });
      await read('pos/*.csv');
      await read('pos/*/*.csv');
      assert.match(fixture.contract('pos.json'), /"pos\/\*\.csv"/);
      assert.match(fixture.contract('pos_2.json'), /"pos\/\*\/\*\.csv"/);
    });

    it('refuses to write one when frozen', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      const problem = await problemOf(() => fixture.landing({ frozen: true }).open('*.csv'));
      assert.equal(problem.code, 'landing.frozen');
      assert.throws(() => fixture.contract('landing.json'));
    });

    it('leaves none behind after a look that failed', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a,x\n' });
      await problemOf(() => fixture.landing().open('*.csv'));
      assert.throws(() => fixture.contract('landing.json'));
    });

    it('leaves none behind for a file that the scan refuses', async () => {
      withFiles({ 'mixed.csv': 'id,n\n1,a\r\n2,b\n' });
      assert.equal((await problemOf(() => read('*.csv'))).code, 'landing.file');
      assert.equal(existsSync(fixture.contractsDirectory), false);
    });

    it('refuses two for one pattern', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      await read('*.csv');
      fixture.writeContract('second.json', fixture.contract('landing.json'));
      const problem = await problemOf(() => fixture.landing().inspect('*.csv'));
      assert.equal(problem.code, 'landing.contract');
      assert.match(problem.message, /contracts\/landing\.json and contracts\/second\.json/);
    });

    it('refuses a file under two, naming both', async () => {
      withFiles({ 'pos/a.csv': 'id,n\n1,a\n' });
      await read('pos/*.csv');
      fixture.writeContract('all.json', fixture.contract('pos.json').replace('pos/*.csv', '**/*.csv'));
      const problem = await problemOf(() => fixture.landing().inspect('pos/*.csv'));
      assert.match(
        problem.message,
        /data\/landing\/pos\/a\.csv has two contracts, contracts\/pos\.json and contracts\/all\.json/,
      );
    });

    it('refuses a first look at files of another', async () => {
      withFiles({ 'pos/a.csv': 'id,n\n1,a\n' });
      await read('pos/*.csv');
      const problem = await problemOf(() => fixture.landing().open('pos/a.csv'));
      assert.match(
        problem.message,
        /pos\/a\.csv of landing\('pos\/a\.csv'\) is already under contracts\/pos\.json/,
      );
    });

    it('refuses two patterns of one file that look at once', async () => {
      withFiles({ 'a/1.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing();
      const looks = ['a/*.csv', 'a/**'].map((pattern) => problemOf(() => landing.open(pattern)));
      const [first, second] = await Promise.all(looks);
      assert.deepEqual([first?.code, second?.code], ['landing.contract', 'landing.contract']);
      assert.match(
        first?.message ?? '',
        /a\/1\.csv of landing\('a\/\*\.csv'\) is read by landing\('a\/\*\*'\) too/,
      );
      assert.equal(existsSync(fixture.contractsDirectory), false);
    });

    it('refuses a look during which another contract came', async () => {
      withFiles({ 'a/1.csv': 'id,n\n1,a\n' });
      const looks = ['a/*.csv', 'a/**'].map((pattern) => fixture.landing().open(pattern));
      const ends = await Promise.allSettled(looks);
      assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal(readdirSync(fixture.contractsDirectory).length, 1);
    });

    it('looks again after two patterns were refused', async () => {
      withFiles({ 'a/1.csv': 'id,n\n1,a\n' });
      const landing = fixture.landing();
      await Promise.allSettled([landing.open('a/*.csv'), landing.open('a/**')]);
      assert.equal((await landing.open('a/**')).contract.written, true);
    });

    it('stops at one that can not be read, if it may be the one', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      fixture.writeContract('broken.json', '{ "format": 1, ');
      assert.equal((await problemOf(() => fixture.landing().open('*.csv'))).code, 'landing.contract');
      fixture.writeContract('broken.json', '{ "files": "other.csv" }');
      assert.equal((await fixture.landing().open('*.csv')).contract.written, true);
    });
  });

  describe('widens a column that it proposed', () => {
    const filler = 'x'.repeat(100);
    const rows = (last: string) => `id,zip,n,text\n${`1,2,3.5,${filler}\n`.repeat(100_000)}${last}\n`;

    for (const [title, last, expected] of [
      ['a text far down', '1,x,1,a', /zip" VARCHAR|"zip", "type": "VARCHAR"/],
      ['a text in DOUBLE', '1,1,x,a', /"n", "type": "VARCHAR"/],
    ] as const) {
      it(`for ${title}`, async () => {
        withFiles({ 'a.csv': rows(last) });
        const source = await fixture.landing().open('*.csv');
        const error = await engine
          .session()
          .rows(`SELECT max(id), max(zip), max(n) FROM (${source.select})`)
          .catch((thrown) => thrown);
        const wider = source.widen(error);
        assert.match(fixture.contract('landing.json'), expected);
        assert.equal((await wider?.finish())?.[0]?.records, 100_001);
        source.stop();
      });
    }

    it('but never in a contract that was there', async () => {
      withFiles({ 'a.csv': 'id,n\n1,a\n' });
      await read('*.csv');
      fixture.write('b.csv', 'id,n\nx,a\n');
      const before = fixture.contract('landing.json');
      const problem = await problemOf(() => read('*.csv'));
      assert.match(problem.message, /b\.csv has the id "x", which is no BIGINT on line 2: x,a/);
      assert.equal(fixture.contract('landing.json'), before);
    });
  });

  it('leaves an error of the query itself alone', async () => {
    withFiles({ 'a.csv': 'id,n\n1,a\n' });
    const source = await fixture.landing().open('*.csv');
    const error = await engine
      .session()
      .rows(`SELECT n::INTEGER FROM (${source.select})`)
      .catch((thrown) => thrown);
    assert.equal(await source.explain(error), undefined);
    assert.equal(source.widen(error), undefined);
  });
});
