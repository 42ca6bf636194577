import assert from 'node:assert/strict';
import { unreconciled } from '../../../src/pipeline/reconcile.js';
import { projectGraph } from '../../support/projectGraph.js';

/** What is said of a model that wrote so many rows from files of so many records. */
async function check(
  select: string,
  kept: number,
  dropped: number | undefined,
  records: number,
): Promise<string> {
  const { graph } = await projectGraph({ a: [`CREATE TABLE bronze.a AS ${select}`] });
  const node = graph.nodes.get('bronze.a');
  assert(node);
  const file = (rows: number) => ({ path: '', rows, bytes: 1 });
  const written = { kept: file(kept), ...(dropped === undefined ? {} : { dropped: file(dropped) }) };
  const files = [{ path: 'a.csv', bytes: 1, sha256: '', records }];
  return (
    unreconciled(node.model, written, new Map([['a.csv', { files, contractHash: '' }]]))?.message ?? 'nothing'
  );
}

describe('unreconciled', () => {
  const all = "SELECT * FROM landing('a.csv')";

  it('says that a row was lost', async () =>
    assert.match(await check(all, 2, undefined, 3), /3 records, but 2 rows/));
  it('says that a row was invented', async () =>
    assert.match(await check(all, 4, undefined, 3), /but 4 rows/));
  it('counts dropped rows', async () => assert.equal(await check(all, 2, 1, 3), 'nothing'));
  it('is silent where they agree', async () => assert.equal(await check(all, 3, undefined, 3), 'nothing'));
  it('does not judge a model that filters', async () =>
    assert.equal(await check(`${all} WHERE x > 1`, 2, undefined, 3), 'nothing'));
});
