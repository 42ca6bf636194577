import assert from 'node:assert/strict';
import { formatShare } from '../../../../src/cli/print/number.js';
import { formatRowProgress } from '../../../../src/cli/print/progressBar.js';
import { RunProgress } from '../../../../src/cli/print/runProgress.js';
import { plainStyle } from '../../../../src/cli/style.js';
import { formatBytes } from '../../../../src/protocol/wording.js';

describe('a number', () => {
  for (const [bytes, expected] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [20_480, '20.5 kB'],
    [999_600, '1.0 MB'],
    [123_456_789, '123 MB'],
    [5e15, '5000 TB'],
  ] as const) {
    it(`of ${bytes} bytes is ${expected}`, () => assert.equal(formatBytes(bytes), expected));
  }

  it('is 100 % only at the end', () => {
    assert.deepEqual([0.999, 1].map(formatShare), ['99 %', '100 %']);
  });
});

describe('progress', () => {
  it('has speed and time left once it can tell', () => {
    assert.equal(
      formatRowProgress(500, 2000, 1000, plainStyle),
      '██████░░░░░░░░░░░░░░░░░░  25 %  500 of 2,000 rows  500 rows/s  3.0 s left',
    );
    assert.equal(formatRowProgress(0, 2000, 5000, plainStyle), `${'░'.repeat(24)}   0 %  0 of 2,000 rows`);
  });

  it('never goes back and ends with its model', () => {
    const progress = new RunProgress(plainStyle, { announceStarts: false });
    progress.apply({ kind: 'model started', model: 'silver.sales' }, 0);
    progress.apply({ kind: 'model progress', model: 'silver.sales', share: 0.5 }, 100);
    progress.apply({ kind: 'model progress', model: 'silver.sales', share: 0.25 }, 200);
    progress.apply({ kind: 'model progress', model: 'gold.late', share: 0.25 }, 200);
    assert.deepEqual(progress.runningLines(1500), ['⠴ silver.sales  ████████░░░░░░░░  50 %  1.5 s']);
  });
});
