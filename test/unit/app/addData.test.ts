import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Problem } from '../../../src/protocol/problem.js';
import { endings, problemFrom, projectForEach, rows, run } from './runs.js';

const orders = 'order_id,placed,amount\n1,2026-01-02,9.50\n2,2026-01-03,12.25\n';

describe('adding data', () => {
  const project = projectForEach();
  let outside: string;
  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'ratatouille-outside-'));
  });
  afterEach(() => rmSync(outside, { recursive: true }));

  const file = (name: string, content: string | Uint8Array = orders) => {
    writeFileSync(join(outside, name), content);
    return join(outside, name);
  };
  const look = (path: string, name?: string) =>
    project().use((opened) => opened.lookAtData({ file: path, ...(name !== undefined && { name }) }));
  const add = (path: string, name?: string) =>
    project().use((opened) => opened.addData({ file: path, ...(name !== undefined && { name }) }));
  const landed = () => {
    const landing = join(project().root, 'data', 'landing');
    return existsSync(landing) ? (readdirSync(landing, { recursive: true }) as string[]).sort() : [];
  };
  const refusal = (path: string, name?: string): Promise<Problem> => problemFrom(add(path, name));

  it('shows a file before anything is written', async () => {
    const preview = await look(file('Orders.csv'));
    assert.equal(preview.table, 'bronze.orders');
    assert.equal(preview.pattern, 'orders/*.csv');
    assert.equal(preview.dialect, 'comma separated, UTF-8, with a header');
    assert.deepEqual(
      preview.columns.map(({ name, type }) => `${name} ${type}`),
      ['order_id BIGINT', 'placed DATE', 'amount DOUBLE'],
    );
    assert.deepEqual(preview.rows[1], [2, '2026-01-03', 12.25]);
    assert.deepEqual(landed(), []);
    assert(!existsSync(join(project().root, 'contracts')));
  });

  it('shows at most twenty rows', async () => {
    const lines = Array.from({ length: 50 }, (_, at) => `${at},x`).join('\n');
    assert.equal((await look(file('many.csv', `id,name\n${lines}\n`))).rows.length, 20);
  });

  it('makes a table that the next run builds', async () => {
    const path = file('Orders.csv');
    await project().use(async (opened) => {
      const added = await opened.addData({ file: path });
      assert.equal(added.path, 'data/landing/orders/Orders.csv');
      assert.equal(added.contract, 'contracts/orders.json');
      await opened.appendCell('notebooks/02_your_data.ratnb', added.cell);
      assert.deepEqual(endings(await run(opened)), { 'bronze.orders': 'built: it was never built' });
      assert.deepEqual(await rows(opened, 'SELECT sum(amount) FROM bronze.orders'), [[21.75]]);
    });
    assert.equal(readFileSync(path, 'utf8'), orders);
    assert.deepEqual(landed(), ['orders', join('orders', 'Orders.csv')]);
  });

  it('writes the contract that it showed', async () => {
    const preview = await look(file('Orders.csv'));
    await add(file('Orders.csv'));
    assert.equal(readFileSync(join(project().root, 'contracts', 'orders.json'), 'utf8'), preview.contract);
  });

  it('takes texts for a column whose later values are none of its type', async () => {
    const lines = Array.from({ length: 400_000 }, (_, at) => `${at},${at}.5`).join('\n');
    const added = await add(file('late.csv', `id,amount\n${lines}\nlast,0\n`));
    assert.deepEqual(added.widened, [{ column: 'id', line: 400_002, value: 'last' }]);
    const contract = readFileSync(join(project().root, 'contracts', 'late.json'), 'utf8');
    assert.match(contract, /"name": "id", "type": "VARCHAR"/);
    assert.match(contract, /"name": "amount", "type": "DOUBLE"/);
  });

  it('reads compressed files', async () => {
    const added = await add(file('orders.csv.gz', gzipSync(orders)));
    assert.deepEqual([added.pattern, added.path], ['orders/*.csv.gz', 'data/landing/orders/orders.csv.gz']);
  });

  it('can be done again where the first time stopped half-way', async () => {
    await add(file('orders.csv'));
    assert.equal((await add(file('orders.csv'))).contract, 'contracts/orders.json');
    assert.deepEqual(readdirSync(join(project().root, 'contracts')), ['orders.json']);
  });

  for (const [what, name, content, code] of [
    ['an Excel file', 'orders.xlsx', 'PK\x03\x04', 'data.format'],
    ['an old Excel file', 'orders.XLS', 'x', 'data.format'],
    ['an OpenDocument sheet', 'orders.ods', 'PK', 'data.format'],
    ['an Excel file named CSV', 'orders.csv', 'PK\x03\x04rest', 'data.unclear'],
    ['an empty file', 'orders.csv', '', 'data.empty'],
    ['a header without rows', 'orders.csv', 'a,b\n', 'data.unclear'],
    ['a single column', 'orders.csv', 'name\nAnna\nBert\n', 'data.one-column'],
    ['lines of different lengths', 'orders.csv', 'a,b\n1,2\n1,2,3\n4,5\n', 'data.unclear'],
    ['lines above the header', 'orders.csv', 'Report of May\na,b,c\n1,2,3\n4,5,6\n', 'data.unclear'],
    ['a name of another kind', 'orders.dat', orders, 'data.format'],
    ['a damaged compressed file', 'orders.csv.gz', gzipSync(orders).subarray(0, 40), 'data.unclear'],
  ] as const) {
    it(`refuses ${what} and leaves nothing`, async () => {
      const problem = await refusal(file(name, content));
      assert.equal(problem.code, code);
      assert.match(problem.message, /^orders\./);
      assert((problem.hint ?? '').length > 20);
      assert.deepEqual(landed(), []);
    });
  }

  for (const [what, content, message] of [
    ['mixed line ends', 'id,name\r\n1,a\n2,b\r\n', /^m\.csv has mixed line ends: line 2/],
    [
      'an emoji in UTF-16',
      Buffer.from('\ufeffid,name\n1,\u{1f600}\n', 'utf16le'),
      /^m\.csv has characters beyond U\+FFFF/,
    ],
  ] as const) {
    it(`says of ${what} what a run says, before anything is copied`, async () => {
      const problem = await problemFrom(look(file('m.csv', content)));
      assert.equal(problem.code, 'data.unclear');
      assert.match(problem.message, message);
      assert.equal(problem.place?.file, 'm.csv');
    });
  }

  it('refuses a record far below that fits no contract', async () => {
    const lines = Array.from({ length: 400_000 }, (_, at) => `${at},${at}.5`).join('\n');
    const problem = await refusal(file('late.csv', `id,amount\n${lines}\n1,2,3\n`));
    assert.deepEqual([problem.code, problem.place?.line], ['data.unclear', 400_002]);
    assert.deepEqual(landed(), []);
  });

  it('refuses a folder and a missing file', async () => {
    assert.equal((await refusal(outside)).code, 'data.folder');
    assert.equal((await refusal(join(outside, 'x.csv'))).code, 'data.missing');
  });

  it('refuses to replace a file or to join others', async () => {
    await add(file('orders.csv'));
    assert.match((await refusal(file('orders.csv', `${orders}3,2026-01-04,1\n`))).message, /other content/);
    assert.match(
      (await refusal(file('more.csv'), 'orders')).message,
      /holds another file already, orders\.csv/,
    );
    assert.equal(readFileSync(join(project().root, 'data/landing/orders/orders.csv'), 'utf8'), orders);
  });

  it('refuses the name of a table that is built already', async () => {
    project().notebook('a', 'CREATE TABLE bronze.Orders AS SELECT 1 AS n');
    const problem = await refusal(file('orders.csv'));
    assert.deepEqual([problem.code, problem.place?.notebook], ['data.exists', 'notebooks/a.ratnb']);
  });

  it('refuses a contract that says something else', async () => {
    project().write(
      'contracts/x.json',
      '{"format":1,"files":"orders/*.csv","columns":[{"name":"a","type":"DATE"}]}',
    );
    assert.deepEqual((await refusal(file('orders.csv'))).place, { file: 'contracts/x.json' });
    assert.deepEqual(landed(), []);
  });

  it('points to landing() for a file that is there already', async () => {
    project().write('data/landing/orders.csv', orders);
    const { hint } = await refusal(join(project().root, 'data', 'landing', 'orders.csv'));
    assert.match(hint ?? '', /bronze\.orders AS SELECT \* FROM landing\('orders\.csv'\)/);
  });

  it('leaves nothing when it is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(
      project().use((opened) => opened.addData({ file: file('orders.csv') }, controller.signal)),
    );
    assert.deepEqual(landed(), []);
  });

  it('adds no cell to a notebook that can not be read', async () => {
    mkdirSync(join(project().root, 'notebooks'));
    project().write('notebooks/a.ratnb', 'SELECT 1\n');
    const problem = await problemFrom(project().use((opened) => opened.appendCell('notebooks/a.ratnb', 'x')));
    assert.deepEqual([problem.code, problem.place?.file], ['notebook.unreadable', 'notebooks/a.ratnb']);
    assert.equal(readFileSync(join(project().root, 'notebooks/a.ratnb'), 'utf8'), 'SELECT 1\n');
  });
});
