import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normaliseSql } from '../../../src/sql/normalise.js';
import { isSignificant, tokenise } from '../../../src/sql/tokenise.js';

function words(text: string): string[] {
  return tokenise(text)
    .filter(isSignificant)
    .map(({ start, end }) => text.slice(start, end));
}

describe('normaliseSql', () => {
  it('strips comments and folds blanks', () => {
    assert.equal(normaliseSql('\n SELECT  a -- x\n , /* y */ b\n\tFROM t/**/u\n'), 'SELECT a , b FROM t u');
  });

  it('leaves strings and names as they are', () => {
    assert.equal(
      normaliseSql(`SELECT 'a  -- b',  "c  d", $$ e\n\n $$`),
      `SELECT 'a  -- b', "c  d", $$ e\n\n $$`,
    );
  });

  it('keeps the line break that joins two strings', () => {
    assert.equal(normaliseSql("'a' \n 'b'"), "'a'\n'b'");
    assert.equal(normaliseSql("'a'  'b'"), "'a' 'b'");
  });

  it('keeps the tokens and is done in one pass', () => {
    const piece = fc.constantFrom(
      "'a'",
      '"b"',
      '$$c$$',
      '-- d\n',
      '/* e */',
      '\n',
      ' ',
      'f',
      '1',
      '-',
      '/',
      '*',
      ';',
      '\u00a0',
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          const once = normaliseSql(text);
          assert.deepEqual(words(once), words(text));
          assert.equal(normaliseSql(once), once);
        },
      ),
    );
  });
});
