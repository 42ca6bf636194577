import assert from 'node:assert/strict';
import { enginePositions } from '../../../src/sql/offsets.js';
import { tokenise } from '../../../src/sql/tokenise.js';
import { collectReferences } from '../../../src/sql/walk.js';
import { parseTree } from '../../support/parseTree.js';

/** Where the engine says that the one table of a SELECT is. */
async function offsetOfTable(text: string): Promise<number | undefined> {
  return collectReferences(await parseTree(text), text).tables[0]?.span.start;
}

describe('enginePositions', () => {
  for (const text of [
    'SELECT 1 FROM zz',
    "SELECT 'é€😀' FROM zz",
    'SELECT "sä", x\u00a0\u2003FROM\u200b\u3000zz',
    "SELECT 'a\u00a0b' /* \u00a0é */ -- \u00a0\n FROM zz",
    '\ufeffSELECT $$ \u00a0 $$ \u2060FROM zz',
  ]) {
    it(JSON.stringify(text), async () => assert.equal(await offsetOfTable(text), text.indexOf('zz')));
  }

  it('knows the blanks of the engine', async () => {
    const candidates = [0xa0, 0x85, 0xad, 0x1680, 0x180e, 0x2028, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff];
    for (let code = 0x2000; code <= 0x2010; code += 1) candidates.push(code);
    for (const code of candidates) {
      const text = `SELECT${String.fromCodePoint(code)}1`;
      const isBlank = await parseTree(text).then(
        () => true,
        () => false,
      );
      assert.equal(
        tokenise(text).some(({ kind }) => kind === 'blank'),
        isBlank,
        code.toString(16),
      );
    }
  });

  it('keeps a position past the end inside', () => {
    assert.equal(enginePositions('é')(99), 1);
    assert.equal(enginePositions('e')(99), 1);
  });
});
