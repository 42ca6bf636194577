import { problem, warning } from '../../src/protocol/problem.js';
import type { ChartBlock, ModelBlock, ProblemBlock, TableBlock } from '../../src/protocol/result.js';

export const storeTable: TableBlock = {
  kind: 'table',
  columns: [
    { name: 'store', type: 'VARCHAR' },
    { name: 'day', type: 'DATE' },
    { name: 'revenue', type: 'DECIMAL(18,2)' },
  ],
  rows: [
    ['Lyon', '2026-01-01', '43.75'],
    ['Nice', '2026-01-01', '110.90'],
    ['Paris, rue de la Paix', '2026-01-02', null],
    ['Metz', '2026-01-02', '61.20'],
  ],
  total: 1234,
  elapsedMs: 14,
};

/** Names, values and types that fit in no column. */
export const wildTable: TableBlock = {
  kind: 'table',
  columns: [
    {
      name: `a name that ${'goes on and '.repeat(30)}ends`,
      type: `STRUCT(${'a INTEGER, '.repeat(40)}b INTEGER)`,
    },
    ...Array.from({ length: 40 }, (_, index) => ({ name: `column_${index}`, type: 'BIGINT' })),
    { name: 'list', type: 'INTEGER[]' },
  ],
  rows: Array.from({ length: 60 }, (_, row) => [
    row === 0 ? `first\nsecond\tthird ${'x'.repeat(5000)}` : null,
    ...Array.from({ length: 40 }, (_, index) => row * index),
    [1, null, 3],
  ]),
  total: 60,
  elapsedMs: 1400,
};

export const emptyTable: TableBlock = { ...storeTable, rows: [], total: 0 };

export const storeChart: ChartBlock = {
  kind: 'chart',
  chart: { mark: 'bar', x: 'store', y: 'revenue', title: 'Revenue of the stores' },
  columns: [
    { name: 'store', type: 'VARCHAR' },
    { name: 'revenue', type: 'DECIMAL(18,2)' },
  ],
  rows: storeTable.rows.map(([store, , revenue]) => [store ?? null, revenue ?? null]),
  total: 4,
};

export const salesModel: ModelBlock = {
  kind: 'model',
  model: 'silver.sales',
  form: 'table',
  action: 'built',
  reason: 'its SQL changed',
  version: 3,
  run: 41,
  rows: 2308,
  rowsIn: 2345,
  dropped: 37,
  path: 'data/silver/sales.parquet',
  elapsedMs: 84,
  warnings: [],
};

export const warnedModel: ModelBlock = {
  ...salesModel,
  checks: [
    {
      check: 'not_null(cashier)',
      action: 'warn',
      failures: 22,
      failing: {
        columns: ['receipt', 'cashier', '_file'].map((name) => ({ name, type: 'VARCHAR' })),
        rows: [
          ['T1', null, 'a.csv'],
          ['T2', null, 'a.csv'],
        ],
      },
    },
    { check: 'quantity <> 0', action: 'drop', failures: 37 },
  ],
};

/** With all that can be told of its rows. */
export const accountedModel: ModelBlock = {
  ...salesModel,
  rejected: 3,
  equation: { in: 2412, out: 2308, quarantined: 37, filtered: 67, holds: true },
  checks: [
    {
      check: 'not_null(cashier)',
      action: 'warn',
      failures: 22,
      failing: {
        columns: [
          { name: 'receipt', type: 'VARCHAR' },
          { name: 'cashier', type: 'VARCHAR' },
        ],
        rows: [
          ['<b>T247</b>', null],
          ['T251', null],
        ],
      },
    },
    { check: 'sum(quantity) > 0', action: 'warn', failures: 1 },
    { check: 'quantity <> 0', action: 'drop', failures: 37 },
  ],
};

export const currentModel: ModelBlock = {
  ...salesModel,
  action: 'up to date',
  reason: 'unchanged since run 41',
};

export const staleModel: ModelBlock = {
  ...salesModel,
  warnings: [
    warning('run.stale-upstream', 'bronze.sales is stale: its SQL changed.', { hint: 'Run with upstream.' }),
    warning('run.stale-upstream', 'bronze.stores is stale: a file is new.', { hint: 'Run with upstream.' }),
    warning('check.warned', '4 rows break the check not_null(cashier).'),
  ],
};

export const neverBuilt: ProblemBlock = {
  kind: 'problem',
  problem: problem('graph.never-built', 'bronze.sales was never built.', {
    hint: 'Run the cell that builds it first.',
    place: { notebook: 'notebooks/sales.ratnb', cell: 3, line: 2, column: 6 },
    fix: { kind: 'build', model: 'bronze.sales' },
  }),
};

export const untrusted: ProblemBlock = {
  kind: 'problem',
  problem: problem('workspace.untrusted', 'Cells do not run in a folder that you have not said you trust.'),
};

export const wrongName: ProblemBlock = {
  kind: 'problem',
  problem: problem('sql.failed', 'There is no column stroe.', {
    hint: 'Did you mean store?',
    cause: 'Binder Error: Referenced column "stroe" not found in FROM clause!',
  }),
};
