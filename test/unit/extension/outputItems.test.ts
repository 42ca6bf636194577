import assert from 'node:assert/strict';
import { outputItems } from '../../../src/extension/execution/outputItems.js';
import { toPlainText } from '../../../src/extension/execution/plainText.js';
import { problem, warning } from '../../../src/protocol/problem.js';
import { isResultPayload, type ResultBlock, type TableBlock } from '../../../src/protocol/result.js';

const table: TableBlock = {
  kind: 'table',
  columns: [
    { name: 'store', type: 'VARCHAR' },
    { name: 'n', type: 'BIGINT' },
  ],
  rows: [
    ['東京', 7],
    ['a\nb', null],
  ],
  total: 1234,
  elapsedMs: 1400,
};

const model: ResultBlock = {
  kind: 'model',
  model: 'silver.sales',
  form: 'table',
  action: 'built',
  reason: 'its SQL changed',
  version: 3,
  run: 41,
  rows: 1,
  rowsIn: 2,
  dropped: 1,
  path: 'data/silver/sales.parquet',
  elapsedMs: 84,
  warnings: [warning('check.warned', 'One row is odd.')],
};

const text = (...blocks: ResultBlock[]) => toPlainText({ version: 1, blocks }).split('\n');

describe('plain text', () => {
  it('aligns columns by their width', () => {
    assert.deepEqual(text(table), [
      'store         n',
      'VARCHAR  BIGINT',
      '東京          7',
      'a\\nb       NULL',
      'Showing 2 of 1,234 rows · 1.4 s',
    ]);
  });

  it('says what became of a model', () => {
    assert.deepEqual(text(model), [
      'silver.sales: built',
      '  Silver: cleaned and checked, each row once.',
      '  2 rows in → 1 row out',
      '  1 row dropped',
      '  its SQL changed',
      '  version 3, made by run 41',
      '  data/silver/sales.parquet',
      '  84 ms',
      '  warning check.warned: One row is odd.',
    ]);
  });

  it('adds up a model’s rows, and shows those that a check warns of', () => {
    const failing = { columns: [{ name: 'store', type: 'VARCHAR' }], rows: [['Lyon']] };
    const checks = [{ check: 'n < 9', action: 'warn', failures: 2, failing }] as const;
    const equation = { in: 4, out: 1, quarantined: 3, holds: true };
    const lines = text({ ...model, equation, rejected: 5, checks });
    assert.deepEqual(lines.slice(2, 6), [
      '  4 in = 1 out + 3 quarantined',
      '  5 rejected',
      '  1 row dropped',
      '  2 warned',
    ]);
    const shown = [
      '  2 rows break n < 9',
      '    store',
      '    VARCHAR',
      '    Lyon',
      '    The first 1 of 2 rows',
    ];
    assert.deepEqual(lines.slice(-6, -1), shown);
  });

  it('says since when a model is up to date', () => {
    const current: ResultBlock = { ...model, action: 'up to date', reason: 'unchanged since run 41' };
    assert.equal(text(current)[0], 'silver.sales: up to date since run 41');
    assert(!text(current).includes('  its SQL changed'));
  });

  it('names a chart above its rows', () => {
    const chart = { mark: 'bar', x: 'store', y: 'n', color: 'kind' } as const;
    const block: ResultBlock = { kind: 'chart', chart, columns: [], rows: [], total: 0 };
    assert.equal(text(block, table)[0], 'A bar chart of n by store and kind');
  });

  it('says where a problem is and what to try', () => {
    const place = { notebook: 'a.ratnb', cell: 2, line: 1 };
    const fault = problem('sql.failed', 'No such column.', { hint: 'Use n.', place, cause: 'Binder' });
    assert.deepEqual(
      text({ kind: 'problem', problem: fault }, { kind: 'done', statement: 'SET', elapsedMs: 2 }),
      [
        'error sql.failed: No such column.',
        '  Binder',
        '  at a.ratnb, cell 2, line 1',
        '  Try: Use n.',
        '',
        'SET: done in 2 ms',
      ],
    );
  });
});

describe('output items', () => {
  it('are a payload and its text', () => {
    const [payload, plain, ...rest] = outputItems([table], 'the cell');
    assert(payload?.mime === 'application/vnd.ratatouille.result+json' && isResultPayload(payload.payload));
    assert.equal(plain?.mime, 'text/plain');
    assert.deepEqual(rest, []);
  });

  it('are an error too for a problem', () => {
    const fault = problem('sql.failed', 'No such column.', { hint: 'Use n.' });
    const item = outputItems([{ kind: 'problem', problem: fault }], 'the cell').find(
      ({ mime }) => mime === 'error',
    );
    assert(item?.mime === 'error');
    assert.deepEqual(item.error, { name: 'sql.failed', message: 'No such column.', stack: 'Use n.' });
  });
});
