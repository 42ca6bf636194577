import assert from 'node:assert/strict';
import { formatElapsed, formatQuantity } from '../../../src/protocol/wording.js';

describe('words for a result', () => {
  for (const [milliseconds, expected] of [
    [0, '0 ms'],
    [99.4, '99 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_400, '2 min 5 s'],
  ] as const) {
    it(`say ${milliseconds} milliseconds as ${expected}`, () => {
      assert.equal(formatElapsed(milliseconds), expected);
    });
  }

  it('count with a noun', () => {
    assert.deepEqual(
      [0, 1, 999, 1204, 1_234_567].map((count) => formatQuantity(count, 'row')),
      ['0 rows', '1 row', '999 rows', '1,204 rows', '1,234,567 rows'],
    );
  });
});
