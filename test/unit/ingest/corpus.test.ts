import assert from 'node:assert/strict';
import { answerTo } from '../../corpus/answers.js';
import type { Pollution, Way } from '../../corpus/description.js';
import { kinds } from '../../corpus/kinds.js';
import { tryOurs } from '../../corpus/ours.js';
import { type Verdict, verdictOf } from '../../corpus/verdict.js';
import { deep, prove } from '../../support/proof.js';

const all = Object.values(kinds).flat();
const ways: readonly Way[] = deep ? ['first', 'behind', 'within'] : ['first', 'within'];
const words = {
  first: 'without a contract',
  behind: 'behind a contract',
  within: 'behind a contract that allows rejects',
};

/** Every change tries what is new to a way: the first look at all, and behind a contract what does not fit it. */
function chosenFor(way: Way): readonly Pollution[] {
  if (deep) return all;
  return all.filter((each) => each.isLarge !== true && (way === 'first' || answerTo(each, way) !== 'right'));
}

describe('polluted files', () => {
  it('are of many kinds, each once', () => {
    assert.ok(all.length >= 240, `${all.length} kinds`);
    assert.equal(new Set(all.map(({ title }) => title)).size, all.length);
  });

  for (const way of ways) {
    describe(words[way], () => {
      const chosen = chosenFor(way);
      let verdicts: readonly Verdict[] = [];
      before(async function () {
        this.timeout(deep ? 1_200_000 : 300_000);
        verdicts = (await tryOurs(chosen, way)).map((tried) => verdictOf(tried, way));
      });
      after(() => {
        const counts: Record<string, number> = {};
        for (const { outcome } of verdicts) counts[outcome] = (counts[outcome] ?? 0) + 1;
        if (deep) prove(`polluted files ${words[way]}`, counts);
      });

      for (const pollution of chosen) {
        it(pollution.title, () => assert.equal(faultOf(pollution), undefined));
      }

      function faultOf(wanted: Pollution): string | undefined {
        const verdict = verdicts.find(({ pollution }) => pollution === wanted);
        return verdict === undefined ? 'nothing came of it' : verdict.fault;
      }
    });
  }
});
