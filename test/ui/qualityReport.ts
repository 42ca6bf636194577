import type { QualityReport, QualityRun, TableQuality } from '../../src/protocol/quality.js';

const runs = (
  ...counts: readonly (readonly [rejected: number, quarantined: number])[]
): readonly QualityRun[] =>
  counts.map(([rejected, quarantined], index) => ({
    run: 30 + index,
    startedAt: '2026-01-05T08:00:00.000Z',
    status: 'built',
    rows: 1204,
    rejected,
    quarantined,
  }));

const published = {
  version: 9,
  run: 34,
  at: '2026-01-05T08:00:00.000Z',
  rows: 3445,
  rejected: 0,
  quarantined: 0,
};

const bronze: TableQuality = {
  name: 'bronze.sales',
  layer: 'bronze',
  published: {
    ...published,
    rows: 3500,
    rejected: 12,
    equation: { in: 3512, out: 3500, quarantined: 0, rejected: 12, holds: true },
  },
  checks: [],
  sources: [{ pattern: 'pos_sales/*.csv', contract: 'contracts/pos_sales.json', maxRejects: 20 }],
  runs: runs([0, 0], [0, 0], [3, 0], [3, 0], [12, 0]),
};

const silver: TableQuality = {
  name: 'silver.sales',
  layer: 'silver',
  published: {
    ...published,
    quarantined: 29,
    equation: { in: 3500, out: 3445, quarantined: 29, deduplicated: 26, holds: true },
  },
  checks: [
    { check: 'quantity <> 0', action: 'drop', failures: 21, judgedIn: 34, trend: [4, 9, 40, 24, 21] },
    {
      check: 'not_null(product_id)',
      action: 'drop',
      failures: 8,
      judgedIn: 34,
      trend: [null, null, 8, 8, 8],
    },
    { check: 'unique(transaction_id)', action: 'fail', failures: 0, judgedIn: 34, trend: [0, 0, 0, 0, 0] },
    {
      check: "fresh(sold_at, '2 days')",
      action: 'warn',
      failures: 1,
      judgedIn: 34,
      trend: [0, 0, 0, 1, 1],
      found: [{ aggregate: 'max(sold_at)', value: '2026-01-02 19:45:48' }],
    },
    {
      check: 'not_null(cashier)',
      action: 'warn',
      failures: 22,
      judgedIn: 34,
      trend: [22, 22, 22, 22, 22],
      failing: {
        columns: ['receipt_id', 'cashier', '_file', '_row'].map((name) => ({ name, type: 'VARCHAR' })),
        rows: [
          ['T0000000216', null, 'pos_sales/2026-01-02.csv', 160],
          ['<b>T247</b>', null, 'pos_sales/2026-01-02.csv', 267],
        ],
      },
    },
  ],
  sources: [],
  runs: runs([0, 9], [0, 12], [0, 48], [0, 32], [0, 29]),
};

const good: TableQuality = {
  name: 'silver.stores',
  layer: 'silver',
  published: { ...published, rows: 5, equation: { in: 5, out: 5, quarantined: 0, holds: true } },
  checks: [{ check: 'unique(store_id)', action: 'fail', failures: 0, judgedIn: 34, trend: [0] }],
  sources: [],
  runs: runs([0, 0]),
};

const failed: TableQuality = {
  name: 'gold.daily_sales',
  layer: 'gold',
  published: {
    ...published,
    rows: 35,
    equation: { out: 35, quarantined: 0, unknown: 'a group is one row of many' },
  },
  checks: [
    { check: 'revenue >= 0', action: 'fail', failures: 3, judgedIn: 36, trend: [0, 0, 3] },
    { check: 'unique(day, store_id)', action: 'fail', failures: 0, judgedIn: 36, trend: [0, 0, 0] },
  ],
  sources: [],
  runs: [
    ...runs([0, 0], [0, 0]),
    {
      run: 36,
      startedAt: '2026-01-05T09:00:00.000Z',
      status: 'failed',
      reason: 'gold.daily_sales: the check revenue >= 0 fails for 3 rows.',
      rejected: 0,
      quarantined: 0,
    },
  ],
};

const refused: TableQuality = {
  name: 'bronze.returns',
  layer: 'bronze',
  checks: [],
  sources: [],
  runs: [
    {
      run: 35,
      startedAt: '2026-01-05T09:00:00.000Z',
      status: 'failed',
      reason: '4 records do not fit contracts/returns.json, which allows none.',
      rejected: 4,
      quarantined: 0,
    },
  ],
};

export const wholeReport: QualityReport = {
  version: 1,
  project: 'Corner Shop',
  environment: 'prod',
  tables: [refused, bronze, silver, good, failed],
};

export const emptyReport: QualityReport = { ...wholeReport, tables: [] };
