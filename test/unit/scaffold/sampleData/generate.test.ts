import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../../../../src/protocol/problem.js';
import type { ProblemCode } from '../../../../src/protocol/problemCodes.js';
import { generateSampleData } from '../../../../src/scaffold/sampleData/generate.js';
import type { SampleDataOptions, SampleDataProgress } from '../../../../src/scaffold/sampleData/options.js';
import { filesIn, inTemporaryFolder } from '../temporaryFolder.js';

const committed = fileURLToPath(new URL('../../../../../sample-data', import.meta.url));
const small = { rows: 900, seed: 3, days: 3 };

const generated = (options: Partial<SampleDataOptions> = {}) =>
  inTemporaryFolder(async (directory) => {
    await generateSampleData({ directory, ...small, ...options });
    return filesIn(directory);
  });

async function refuses(options: SampleDataOptions, code: ProblemCode): Promise<ProblemError> {
  try {
    await generateSampleData(options);
  } catch (error) {
    assert(error instanceof ProblemError, String(error));
    assert.equal(error.problem.code, code);
    return error;
  }
  assert.fail('It was not refused.');
}

describe('sample data', () => {
  it('gives the committed bytes for the committed seed', async () => {
    const { madeWith } = JSON.parse(readFileSync(join(committed, 'truth.json'), 'utf8'));
    assert.deepEqual(await generated(madeWith), filesIn(committed));
  });

  it('is small enough to be kept in git', () => {
    const bytes = Object.values(filesIn(committed)).reduce((sum, text) => sum + text.length, 0);
    assert(bytes < 400_000, `${bytes} bytes`);
  });

  it('has every kind of dirt in the committed set', () => {
    const { sales } = JSON.parse(readFileSync(join(committed, 'truth.json'), 'utf8'));
    for (const [kind, count] of Object.entries(sales.dirt)) assert(Number(count) >= 5, kind);
  });

  it('gives other rows for another seed', async () => {
    const path = 'pos_sales/pos_sales_2026-01-02.csv';
    assert.notEqual((await generated())[path], (await generated({ seed: 4 }))[path]);
  });

  it('lists its files with rows, bytes and hashes', () =>
    inTemporaryFolder(async (directory) => {
      const truth = await generateSampleData({ directory, ...small });
      assert.deepEqual(JSON.parse(readFileSync(join(directory, 'truth.json'), 'utf8')), truth);
      for (const { path, rows, bytes, sha256 } of truth.files) {
        const content = readFileSync(join(directory, path));
        const lines = content.toString('utf8').trimEnd().split('\n').length - 1;
        const hash = createHash('sha256').update(content).digest('hex');
        assert.deepEqual([lines, content.length, hash], [rows, bytes, sha256], path);
      }
    }));

  it('writes a file with a header for a day without sales', async () => {
    const files = await generated({ rows: 1, days: 5 });
    const sales = Object.entries(files).filter(([path]) => path.startsWith('pos_sales/'));
    assert.equal(sales.length, 5);
    assert(sales.every(([, text]) => text.startsWith('transaction_id,')));
  });

  it('starts on the day that it is told', async () => {
    const paths = Object.keys(await generated({ firstDay: '2024-02-28' }));
    assert(paths.includes('pos_sales/pos_sales_2024-02-29.csv'));
  });

  it('tells of its progress up to the last row', async () => {
    const seen: SampleDataProgress[] = [];
    await generated({ rows: 5000, onProgress: (progress) => seen.push(progress) });
    const rows = seen.map((progress) => progress.rows);
    assert.deepEqual(
      rows,
      [...rows].sort((a, b) => a - b),
    );
    assert(rows.length > 5 && rows.at(-1) === 5000);
  });

  it('leaves nothing behind when it is aborted', () =>
    inTemporaryFolder(async (directory) => {
      const abort = new AbortController();
      const onProgress = ({ rows }: SampleDataProgress) => rows > 20_000 && abort.abort();
      const work = generateSampleData({ directory, rows: 50_000, seed: 1, onProgress, signal: abort.signal });
      await assert.rejects(work, { name: 'AbortError' });
      assert.deepEqual(readdirSync(directory), []);
    }));

  it('replaces the set that it made before', () =>
    inTemporaryFolder(async (directory) => {
      await generateSampleData({ directory, rows: 900, seed: 1, days: 9 });
      await generateSampleData({ directory, ...small });
      assert.deepEqual(filesIn(directory), await generated());
    }));

  it('leaves nothing but the tills’ files in landing', () =>
    inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, 'ratatouille.json'), '{}');
      const directory = join(folder, 'data', 'landing');
      await generateSampleData({ directory, rows: 900, seed: 1, days: 9 });
      const { files } = await generateSampleData({ directory, ...small });
      assert.deepEqual(Object.keys(filesIn(directory)), files.map(({ path }) => path).sort());
      assert(existsSync(join(folder, 'data', 'truth.json')));
    }));

  it('keeps to a folder that is called landing and is no project’s', () =>
    inTemporaryFolder(async (folder) => {
      await generateSampleData({ directory: join(folder, 'landing'), ...small });
      assert.deepEqual(readdirSync(folder), ['landing']);
      assert(existsSync(join(folder, 'landing', 'truth.json')));
    }));

  it('keeps a file that somebody changed', () =>
    inTemporaryFolder(async (directory) => {
      await generateSampleData({ directory, ...small });
      writeFileSync(join(directory, 'stores.csv'), 'mine');
      const { problem } = await refuses({ directory, ...small }, 'scaffold.not-empty');
      assert.match(problem.message, /stores\.csv/);
      assert.equal(readFileSync(join(directory, 'stores.csv'), 'utf8'), 'mine');
    }));

  it('writes over it when told to', () =>
    inTemporaryFolder(async (directory) => {
      writeFileSync(join(directory, 'stores.csv'), 'mine');
      await generateSampleData({ directory, ...small, overwrite: true });
      assert.deepEqual(filesIn(directory), await generated());
    }));

  it('leaves files alone that a foreign truth names', () =>
    inTemporaryFolder(async (folder) => {
      const directory = join(folder, 'files');
      mkdirSync(directory);
      writeFileSync(join(folder, 'secret.csv'), 'mine');
      const sha256 = createHash('sha256').update('mine').digest('hex');
      const files = [{ path: '../secret.csv', rows: 1, bytes: 4, sha256 }];
      writeFileSync(join(directory, 'truth.json'), JSON.stringify({ format: 1, madeWith: {}, files }));
      await generateSampleData({ directory, ...small, overwrite: true });
      assert(existsSync(join(folder, 'secret.csv')));
    }));

  it('refuses a truth that is not its own', () =>
    inTemporaryFolder(async (directory) => {
      for (const text of [
        '',
        'null',
        '{}',
        '[1]',
        '{"madeWith":{},"files":3}',
        '{"madeWith":{},"files":[null]}',
      ]) {
        writeFileSync(join(directory, 'truth.json'), text);
        await refuses({ directory, ...small }, 'scaffold.not-empty');
      }
    }));

  it('refuses options that make no sense', () =>
    inTemporaryFolder(async (directory) => {
      const wrong = [{ rows: 0 }, { rows: 1.5 }, { rows: 2e9 }, { seed: -1 }, { seed: 2 ** 32 }, { days: 0 }];
      for (const options of [...wrong, { rows: Number.NaN }, { firstDay: '2026-02-30' }]) {
        await refuses({ directory, ...small, ...options }, 'scaffold.options');
      }
      assert.deepEqual(readdirSync(directory), []);
    }));

  it('names the folder that it can not write to', () =>
    inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      const { problem } = await refuses({ directory: join(folder, 'file'), ...small }, 'scaffold.write');
      assert.match(problem.message, /file/);
    }));
});
