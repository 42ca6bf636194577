import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { AddedData, DataPreview } from '../../../../src/protocol/addData.js';
import { call } from '../commandLine.js';
import { fakeProject } from '../fakeProject.js';

const preview: DataPreview = {
  file: '/x/orders.csv',
  bytes: 1200,
  landingPath: 'orders/orders.csv',
  pattern: 'orders/*.csv',
  table: 'bronze.orders',
  dialect: 'comma separated, UTF-8, with a header',
  contract: '{}\n',
  columns: [{ name: 'amount', type: 'DECIMAL(18,2)' }],
  rows: [['9.50']],
};
const added: AddedData = {
  path: 'data/landing/orders/orders.csv',
  pattern: 'orders/*.csv',
  contract: 'contracts/orders.json',
  table: 'bronze.orders',
  cell: 'CREATE …',
  widened: [],
};

describe('add', () => {
  /** Calls it on a project that notes what is done to it. */
  async function callAdd(
    argv: readonly string[],
    options: { stdin?: string; columns?: number; widened?: AddedData['widened'] } = {},
  ) {
    const done: unknown[] = [];
    const { parts } = fakeProject({
      lookAtData: async (request) => {
        done.push(request);
        return preview;
      },
      addData: async () => ({ ...added, widened: options.widened ?? [] }),
      appendCell: async (...cell) => void done.push(cell),
    });
    return { ...(await call(['add', ...argv], { parts, directory: resolve('/x'), ...options })), done };
  }

  it('shows the file and adds it after a yes', async () => {
    const { code, stdout, stderr, done } = await callAdd(['orders.csv'], { stdin: 'y\n', columns: 100 });
    assert.equal(code, 0);
    assert.match(stderr, /orders\.csv: 1\.2 kB, comma separated[\s\S]*amount[\s\S]*9\.50[\s\S]*\[y\/N\]/);
    assert.match(
      stdout,
      /^Copied to data\/landing\/orders\/orders\.csv;[\s\S]*ratatouille run bronze\.orders\n/,
    );
    assert.deepEqual(done, [
      { file: resolve('/x/orders.csv') },
      ['notebooks/02_your_data.ratnb', 'CREATE …'],
    ]);
  });

  it('says which type of the preview did not hold, and why', async () => {
    const widened = [{ column: 'v', line: 400_002, value: 'oops' }];
    const { stdout } = await callAdd(['orders.csv', '--yes'], { widened });
    assert.match(stdout, /\nv became VARCHAR: line 400002 has oops\.\n/);
  });

  for (const [what, stdin] of [
    ['a no', 'n\n'],
    ['an empty line', '\n'],
    ['the end of the input', ''],
  ] as const) {
    it(`adds nothing after ${what}`, async () => {
      const { code, stderr, done } = await callAdd(['orders.csv'], { stdin, columns: 100 });
      assert.deepEqual([code, done.length], [0, 1]);
      assert.match(stderr, /Nothing was added\.\n$/);
    });
  }

  it('needs --yes where nobody can be asked', async () => {
    const { code, stderr, done } = await callAdd(['orders.csv']);
    assert.deepEqual([code, done.length], [2, 1]);
    assert.match(stderr, /error cli\.usage: Nothing was added[\s\S]*--yes/);
  });

  it('passes the name and the notebook on', async () => {
    const argv = ['orders.csv', '--yes', '--name', 'sales', '--notebook', 'notebooks/x.ratnb', '--json'];
    const { stdout, done } = await callAdd(argv);
    assert.deepEqual(JSON.parse(stdout), { ...added, notebook: 'notebooks/x.ratnb' });
    assert.deepEqual(done, [
      { file: resolve('/x/orders.csv'), name: 'sales' },
      ['notebooks/x.ratnb', 'CREATE …'],
    ]);
  });
});
