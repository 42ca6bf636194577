import assert from 'node:assert/strict';
import { describeCounts, describeOutcome, runNodes } from '../../../../src/extension/views/runNodes.js';
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

  it('says what became of a model', () => {
    assert.equal(describeOutcome(outcome('built', { rows: 1200 })), '1,200 rows · 12 ms');
    assert.equal(describeOutcome(outcome('blocked')), 'held back by a failed table');
  });
});
