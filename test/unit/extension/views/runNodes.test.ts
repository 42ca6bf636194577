import assert from 'node:assert/strict';
import {
  describeCounts,
  describeOutcome,
  describeRun,
  runNodes,
} from '../../../../src/extension/views/runNodes.js';
import { outcome, record } from '../records.js';

describe('the runs tree', () => {
  it('has a run’s models below it', () => {
    const [run] = runNodes([record({ models: [outcome('built'), outcome('failed')] })]);
    assert.deepEqual(
      run?.children.map((child) => child.kind),
      ['outcome', 'outcome'],
    );
  });

  it('counts what went wrong first', () => {
    const models = [
      outcome('built'),
      outcome('skipped'),
      outcome('judged'),
      outcome('failed'),
      outcome('blocked'),
    ];
    assert.equal(describeCounts(models), '1 failed, 1 held back, 1 built, 2 up to date');
    assert.equal(describeCounts([]), 'nothing to build');
  });

  for (const [words, status, said] of [
    [['restore', 'silver.sales'], 'succeeded', 'brought back silver.sales'],
    [['rename', 'silver.a', 'silver.b'], 'succeeded', 'renamed silver.a to silver.b'],
    [['rename', 'silver.a', 'silver.b'], 'failed', 'rename silver.a to silver.b'],
    [['clean'], 'cancelled', 'clean up'],
    [['silver.sales'], 'succeeded', 'nothing to build'],
  ] as const) {
    it(`says “${said}” of a run that built nothing`, () => {
      assert.equal(describeRun(record({ selection: words, status })), said);
    });
  }

  it('says what became of a model', () => {
    assert.equal(describeOutcome(outcome('built', { rows: 1200 })), '1,200 rows · 12 ms');
    assert.equal(describeOutcome(outcome('blocked')), 'held back by a failed table');
  });
});
