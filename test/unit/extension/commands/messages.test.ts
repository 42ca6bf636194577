import assert from 'node:assert/strict';
import { addedMessage } from '../../../../src/extension/commands/addedMessage.js';
import { renameMessage, restoreMessage } from '../../../../src/extension/commands/changeMessages.js';
import { restoreChoices } from '../../../../src/extension/commands/restoreChoices.js';
import type { AddedData } from '../../../../src/protocol/addData.js';
import { warning } from '../../../../src/protocol/problem.js';
import type { KeptTable, RestoreReport } from '../../../../src/protocol/tableHistory.js';

const added: AddedData = {
  path: 'data/landing/orders.csv',
  pattern: 'orders.csv',
  contract: 'contracts/orders.json',
  table: 'bronze.orders',
  cell: '',
  widened: [],
};

describe('the message after a file was added', () => {
  it('says what comes next', () => {
    assert.equal(addedMessage(added), 'Added. Run the new cell to build bronze.orders.');
  });

  it('says which column became text, and by which line', () => {
    const widened = [
      { column: 'amount', line: 1203, value: 'n/a' },
      { column: 'day', value: 'soon' },
    ];
    assert.equal(
      addedMessage({ ...added, widened }),
      'Added. The column amount is kept as text: line 1203 has “n/a”. The column day is kept as text: a line below has “soon”. Run the new cell to build bronze.orders.',
    );
  });
});

describe('the message after a change of the lake', () => {
  const report: RestoreReport = {
    format: 1,
    run: 9,
    table: 'silver.sales',
    form: 'table',
    version: 3,
    rows: 1200,
    replaced: 4,
    next: { action: 'build', reason: 'its SQL changed' },
    problems: [],
  };

  it('says what is current and what the next run does', () => {
    assert.equal(
      restoreMessage(report),
      'silver.sales is at version 3 again: 1,200 rows. The next run builds it again: its SQL changed.',
    );
  });

  it('says what was met', () => {
    const { next: _, ...unplanned } = report;
    const problems = [warning('lake.damaged', 'Version 2 is damaged.', { hint: 'Run it again.' })];
    const said = 'silver.sales is at version 3 again: a view. Version 2 is damaged. Run it again.';
    assert.equal(restoreMessage({ ...unplanned, form: 'view', problems }), said);
  });

  it('says the new name and how many versions it has', () => {
    const next = { action: 'skip', reason: 'unchanged since run 8' } as const;
    const renamed = { format: 1, run: 9, from: 'silver.a', to: 'silver.b', versions: [2, 1], problems: [] };
    assert.equal(
      renameMessage({ ...renamed, format: 1, next }),
      'silver.a is silver.b now, with 2 versions. The next run leaves it as it is: unchanged since run 8.',
    );
  });
});

describe('the versions to choose from', () => {
  const version = (number: number, current = false) => ({
    version: number,
    rows: number * 1000,
    bytes: 1,
    run: number + 4,
    publishedAt: '2026-03-12T14:03:00Z',
    current,
  });
  const sales: KeptTable = {
    name: 'silver.sales',
    form: 'table',
    removed: false,
    versions: [version(3, true), version(1), version(2)],
  };

  it('are the earlier ones, the newest first', () => {
    const [[heading, choices] = []] = restoreChoices([sales], 'UTC');
    assert.equal(heading, 'silver.sales');
    assert.deepEqual(
      choices?.map(({ label, description }) => `${label}: ${description}`),
      [
        'Version 2: 2,000 rows · built 12 Mar 2026, 14:03 by run 6',
        'Version 1: 1,000 rows · built 12 Mar 2026, 14:03 by run 5',
      ],
    );
  });

  it('are all of a table that was removed', () => {
    const gone: KeptTable = { ...sales, form: 'view', removed: true, versions: [version(3)] };
    const [[heading, choices] = []] = restoreChoices([gone], 'UTC');
    assert.equal(heading, 'silver.sales, which was removed');
    assert.deepEqual(
      choices?.map(({ table, version: number }) => [table, number]),
      [['silver.sales', 3]],
    );
    assert.match(choices?.[0]?.description ?? '', /^view · /);
  });
});
