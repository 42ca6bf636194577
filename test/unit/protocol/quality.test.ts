import assert from 'node:assert/strict';
import { tellingColumnsFirst } from '../../../src/protocol/failingRows.js';
import { describeFailures, describeSource, directionOf, formatTrend } from '../../../src/protocol/wording.js';

describe('the rows that break a check', () => {
  const columns = ['id', 'note', '_file', '_row', 'net amount', 'amount'].map((name) => ({
    name,
    type: 'BIGINT',
  }));

  it('begin with the columns that the check names, then with their origin', () => {
    const { columns: ordered, rows } = tellingColumnsFirst(
      { check: 'Amount > 0 OR "net amount" > 0' },
      { columns, rows: [[1, 2, 3, 4, 5, 6]] },
    );
    assert.deepEqual(
      ordered.map(({ name }) => name),
      ['net amount', 'amount', '_file', '_row', 'id', 'note'],
    );
    assert.deepEqual(rows, [[5, 6, 3, 4, 1, 2]]);
  });
});

describe('a trend', () => {
  for (const [values, direction, text] of [
    [[], undefined, ''],
    [[3], undefined, '3'],
    [[3, null], undefined, '3, –'],
    [[1, null, 1200], 'more', '1, –, 1,200'],
    [[5, 4], 'fewer', '5, 4'],
    [[9, 1, 2, 3, 4, 4], 'same', '… 1, 2, 3, 4, 4'],
  ] as const) {
    it(`of [${values}] is ${direction}`, () =>
      assert.deepEqual([directionOf(values), formatTrend(values)], [direction, text]));
  }
});

describe('what a check found', () => {
  const failing = { columns: [], rows: [] };
  for (const [outcome, text] of [
    [{ action: 'fail', failures: 12, failing }, '12 rows break it'],
    [{ action: 'warn', failures: 1, failing }, '1 row breaks it'],
    [{ action: 'drop', failures: 1 }, '1 row breaks it'],
    [{ action: 'warn', failures: 1 }, 'it does not hold'],
  ] as const) {
    it(`is that ${text} where it may ${outcome.action}`, () =>
      assert.equal(describeFailures({ check: 'x', ...outcome }), text));
  }
});

describe('a source', () => {
  for (const [maxRejects, allows] of [
    [undefined, 'no rejected record'],
    [20, '20 rejected records'],
    ['1%', '1% of the records to be rejected'],
  ] as const) {
    it(`allows ${allows}`, () => {
      const source = {
        pattern: 'a',
        contract: 'contracts/a.json',
        ...(maxRejects !== undefined && { maxRejects }),
      };
      assert.equal(describeSource(source), `contracts/a.json, which allows ${allows}`);
    });
  }

  it('may have no contract', () =>
    assert.equal(describeSource({ pattern: 'a' }), 'no contract that can be read'));
});
