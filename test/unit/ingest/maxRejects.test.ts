import assert from 'node:assert/strict';
import { allowedRejects, describeLimit } from '../../../src/ingest/maxRejects.js';

describe('how many records may be rejected', () => {
  for (const [limit, records, allowed, words] of [
    [undefined, 100, 0, 'allows none'],
    [0, 100, 0, 'allows none'],
    [20, 10, 20, 'allows 20'],
    ['1%', 99, 0, 'allows 1% of 99 records, which is 0'],
    ['1%', 1000, 10, 'allows 1% of 1,000 records, which is 10'],
    ['7%', 100, 7, 'allows 7% of 100 records, which is 7'],
    ['0.1%', 1999, 1, 'allows 0.1% of 1,999 records, which is 1'],
    ['100%', 3, 3, 'allows 100% of 3 records, which is 3'],
  ] as const) {
    it(`is ${allowed} of ${records} for ${limit}`, () => {
      assert.deepEqual([allowedRejects(limit, records), describeLimit(limit, records)], [allowed, words]);
    });
  }
});
