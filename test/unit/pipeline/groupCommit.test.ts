import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { GroupCommit } from '../../../src/pipeline/groupCommit.js';

/** A commit that lasts until it is let go, and remembers what it was given. */
function heldCommits() {
  const groups: (readonly string[])[] = [];
  const letGo: ((error?: Error) => void)[] = [];
  const commits = new GroupCommit<string, string>((items) => {
    groups.push(items);
    return new Promise((resolve, reject) => {
      letGo.push((error) =>
        error === undefined ? resolve(items.map((item) => item.toUpperCase())) : reject(error),
      );
    });
  });
  const end = async (index: number, error?: Error): Promise<void> => {
    letGo[index]?.(error);
    await turn();
  };
  return { commits, groups, end };
}

describe('GroupCommit', () => {
  it('commits the first at once, and the rest together', async () => {
    const { commits, groups, end } = heldCommits();
    const results = ['a', 'b', 'c'].map((item) => commits.submit(item));
    assert.deepEqual(groups, [['a']]);
    await end(0);
    assert.deepEqual(groups, [['a'], ['b', 'c']]);
    await end(1);
    assert.deepEqual(await Promise.all(results), ['A', 'B', 'C']);
  });

  it('resolves an item with its own commit', async () => {
    const { commits, end } = heldCommits();
    let done = false;
    const first = commits.submit('a');
    const second = commits.submit('b').then(() => {
      done = true;
    });
    await end(0);
    assert.equal(await first, 'A');
    assert.equal(done, false);
    await end(1);
    await second;
  });

  it('rejects the items of a failed commit alone', async () => {
    const { commits, groups, end } = heldCommits();
    const settled = Promise.allSettled(['a', 'b', 'c'].map((item) => commits.submit(item)));
    await end(0);
    await end(1, new Error('no room'));
    const later = commits.submit('d');
    await end(2);
    const outcomes = (await settled).map((each) =>
      each.status === 'rejected' ? String(each.reason) : each.value,
    );
    assert.deepEqual(outcomes, ['A', 'Error: no room', 'Error: no room']);
    assert.equal(await later, 'D');
    assert.deepEqual(groups, [['a'], ['b', 'c'], ['d']]);
  });

  it('goes on with what gathered during a failed commit', async () => {
    const { commits, end } = heldCommits();
    const first = assert.rejects(commits.submit('a'), /no room/);
    const second = commits.submit('b');
    await end(0, new Error('no room'));
    await end(1);
    await first;
    assert.equal(await second, 'B');
  });

  it('rejects an item that got no result', async () => {
    const commits = new GroupCommit<string, string>(async () => []);
    await assert.rejects(commits.submit('a'), /fewer results/);
  });
});
