import { problem, warning } from '../../../../src/protocol/problem.js';
import type { ModelOutcome, RunRecord } from '../../../../src/protocol/run.js';
import { builtModel, succeededRun } from '../fakeProject.js';

const columns = [
  { name: 'id', type: 'BIGINT' },
  { name: 'note', type: 'VARCHAR' },
];

/** Built, with a check that warns and one that dropped. */
export const warnedModel: ModelOutcome = {
  ...builtModel,
  dropped: 37,
  rejected: 12,
  equation: { in: 1253, out: 1204, quarantined: 37, rejected: 12, holds: true },
  checks: [
    {
      check: 'amount < 100',
      action: 'warn',
      failures: 12,
      failing: {
        columns,
        rows: [
          [1, 'a|b'],
          [2, '@ann <b>'],
        ],
      },
    },
    { check: 'quantity <> 0', action: 'drop', failures: 37 },
  ],
  passed: ['unique(id)'],
  problems: [warning('check.warned', 'silver.sales: the check amount < 100 fails for 12 rows.')],
};

/** Failed by a check. */
export const failedModel: ModelOutcome = {
  ...builtModel,
  model: 'gold.daily',
  status: 'failed',
  reason: 'gold.daily: the check fails.',
  checks: [{ check: 'id > 0', action: 'fail', failures: 1, failing: { columns, rows: [[0, null]] } }],
  passed: ['not_null(id)'],
  problems: [
    problem('check.failed', 'gold.daily: the check id > 0 fails for 1 row.', { hint: 'Mend the SQL.' }),
  ],
};

/** Failed by its SQL. */
export const brokenModel: ModelOutcome = {
  ...builtModel,
  model: 'gold.broken',
  status: 'failed',
  reason: 'No column x.',
  problems: [
    problem('sql.failed', 'No column x.', { place: { notebook: 'notebooks/a.ratnb', cell: 3, line: 2 } }),
  ],
};

export const skippedModel: ModelOutcome = {
  ...builtModel,
  model: 'bronze.sales',
  status: 'skipped',
  reason: 'unchanged since run 41',
  standing: { warnings: 2, sinceRun: 41 },
};

export const mixedRun: RunRecord = {
  ...succeededRun,
  status: 'failed',
  models: [skippedModel, warnedModel, failedModel, brokenModel],
};
