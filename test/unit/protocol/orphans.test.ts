import assert from 'node:assert/strict';
import { strayOrphans, whyOrphansAreUnknown } from '../../../src/protocol/orphans.js';
import { problem, warning } from '../../../src/protocol/problem.js';
import type { PlanEntry } from '../../../src/protocol/run.js';

const torn = (notebook: string) => problem('notebook.unreadable', 'It has no end.', { place: { notebook } });

describe('whether it is known what is an orphan', () => {
  it('is, when nothing hides a model', () => {
    assert.equal(whyOrphansAreUnknown([warning('graph.orphan', 'gold.old is an orphan.')]), undefined);
  });

  it('is not while notebooks can’t be read, each named once', () => {
    const why = whyOrphansAreUnknown([torn('a.ratnb'), torn('b.ratnb'), torn('a.ratnb')]);
    assert.equal(why, "while a.ratnb, b.ratnb can't be read");
  });

  it('is not while there is no notebook', () => {
    const why = whyOrphansAreUnknown([problem('project.no-notebooks', 'The pattern matches none.')]);
    assert.equal(why, 'while no notebook is found');
  });

  it('is so but for what a model may be the new name of', () => {
    const entries = [{ model: 'gold.new', renames: 'gold.old' } as PlanEntry];
    assert.deepEqual(strayOrphans({ entries, orphans: ['gold.old', 'gold.x'], problems: [] }), ['gold.x']);
  });
});
