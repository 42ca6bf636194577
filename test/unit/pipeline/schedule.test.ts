import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { schedule } from '../../../src/pipeline/schedule.js';
import { runs } from '../../support/notebookArbitraries.js';

/** For each node the earlier nodes above it, and how many turns of the loop its work takes. */
const plan = fc
  .integer({ min: 1, max: 10 })
  .chain((count) =>
    fc.tuple(
      fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: count, maxLength: count }),
      fc.array(fc.nat(4), { minLength: count, maxLength: count }),
    ),
  );

describe('schedule', () => {
  it('works after everything above, never on too much', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.integer({ min: 1, max: 4 }), async ([reads, turns], concurrency) => {
        const above = (key: string) =>
          (reads[Number(key)] ?? []).filter((each) => each < Number(key)).map(String);
        const done = new Set<string>();
        let running = 0;
        const results = await schedule<string>(
          [...reads.keys()].map(String),
          above,
          concurrency,
          async (key, upstream) => {
            running += 1;
            assert(running <= concurrency);
            assert(above(key).every((each) => done.has(each)));
            assert.deepEqual(upstream, above(key));
            for (let left = turns[Number(key)] ?? 0; left > 0; left -= 1) await turn();
            running -= 1;
            done.add(key);
            return key;
          },
        );
        assert.deepEqual([...results.keys()], [...reads.keys()].map(String));
      }),
      runs(100, 3000),
    );
  });

  it('uses all of the concurrency it has', async () => {
    let running = 0;
    let most = 0;
    await schedule<void>(
      ['a', 'b', 'c', 'd', 'e'],
      () => [],
      3,
      async () => {
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
      },
    );
    assert.equal(most, 3);
  });

  it('begins another in a place released early', async () => {
    const begun: string[] = [];
    const work = async (key: string, _: readonly unknown[], release: () => void) => {
      begun.push(key);
      if (key === 'a') release();
      while (begun.length < 2) await turn();
    };
    await schedule<void>(['a', 'b'], () => [], 1, work);
    assert.deepEqual(begun, ['a', 'b']);
  });

  it('counts what is not in the order as done', async () => {
    const results = await schedule(
      ['a'],
      () => ['elsewhere'],
      1,
      async (_, upstream: readonly number[]) => upstream.length,
    );
    assert.deepEqual([...results], [['a', 0]]);
  });

  it('rejects when work throws', () =>
    assert.rejects(
      schedule(
        ['a', 'b'],
        () => [],
        1,
        async (key) => {
          if (key === 'a') throw new Error('broken');
        },
      ),
      /broken/,
    ));
});
