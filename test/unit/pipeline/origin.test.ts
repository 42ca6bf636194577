import assert from 'node:assert/strict';
import { withOrigin } from '../../../src/pipeline/origin.js';
import { collectReferences } from '../../../src/sql/walk.js';
import { parseTree } from '../../support/parseTree.js';

const columns = (...names: readonly string[]) => names.map((name) => ({ name, type: 'VARCHAR' }));
const source = columns('a', '_file', '_row');
const both = (table: string) => `"${table}"."_file" AS "_file", "${table}"."_row" AS "_row"`;

async function rewritten(select: string, own = columns('a')): Promise<string> {
  const references = collectReferences(await parseTree(select), select);
  return withOrigin({ select, references }, own, source);
}

describe('the origin of dropped rows', () => {
  const selects: Readonly<Record<string, string>> = {
    'SELECT a FROM bronze.t': `SELECT a , ${both('t')} FROM bronze.t`,
    'select a -- all\nfrom bronze."T 1" as "x y" where a': `select a -- all\n, ${both('x y')} from bronze."T 1" as "x y" where a`,
    'SELECT a, FROM bronze.t': `SELECT a, ${both('t')} FROM bronze.t`,
    "SELECT extract('year' FROM a), trim(BOTH 'x' FROM a) FROM bronze.t": `SELECT extract('year' FROM a), trim(BOTH 'x' FROM a) , ${both('t')} FROM bronze.t`,
  };
  for (const [select, expected] of Object.entries(selects)) {
    it(`is put behind the list of ${select}`, async () => {
      assert.equal(await rewritten(select), expected);
      await parseTree(expected);
    });
  }

  for (const select of [
    'FROM bronze.t',
    'FROM bronze.t SELECT a',
    'WITH x AS (SELECT a FROM bronze.t) FROM x',
    'SELECT a FROM (SELECT a FROM bronze.t)',
    'SELECT (SELECT max(a) FROM bronze.t)',
    'SELECT 1 AS a',
  ]) {
    it(`leaves alone what has no one place for it: ${select}`, async () => {
      assert.equal(await rewritten(select), select);
    });
  }

  it('adds only what is missing', async () => {
    const select = 'SELECT a, _FILE FROM bronze.t';
    const own = columns('a', '_FILE');
    assert.equal(await rewritten(select, own), 'SELECT a, _FILE , "t"."_row" AS "_row" FROM bronze.t');
  });
});
