import assert from 'node:assert/strict';
import { driftSteps } from '../../../../src/extension/commands/driftSteps.js';
import type { DriftReport } from '../../../../src/protocol/drift.js';

const report: DriftReport = {
  version: 1,
  contract: 'contracts/t.json',
  pattern: 't/*',
  files: 2,
  differing: ['t/b.csv'],
  differences: [
    {
      kind: 'added',
      column: 'n',
      message: 'The column n is new.',
      files: ['t/b.csv'],
      choices: [
        { label: 'Do not read n', options: ['--ignore', 'n'], changes: [{ kind: 'ignore', column: 'n' }] },
      ],
    },
    { kind: 'reordered', message: 'Another order.', files: ['t/b.csv'], choices: [] },
  ],
};

describe('choosing what a contract says', () => {
  it('asks about each difference that stops a run', () => {
    const [step, ...more] = driftSteps(report);
    assert.deepEqual(more, []);
    assert.equal(step?.title, 'contracts/t.json: difference 1 of 1');
    assert.deepEqual(
      step.picks.map(({ label, changes }) => [label, changes]),
      [
        ['Do not read n', [{ kind: 'ignore', column: 'n' }]],
        ['Leave the contract as it is', undefined],
      ],
    );
  });
});
