import assert from 'node:assert/strict';
import { misspeltKeyword } from '../../../src/sql/misspelt.js';
import { tokenAt } from '../../../src/sql/tokenAt.js';
import { sharedEngine } from '../../support/sharedEngine.js';

/** Where the engine gives up on a text, and the keyword that was meant there. */
async function found(text: string): Promise<string | undefined> {
  const [outcome] = await (await sharedEngine()).parser.parse([text]);
  assert(outcome?.ok === false && outcome.reason === 'syntax', text);
  const { span, meant } = misspeltKeyword(text, outcome.offset ?? 0) ?? {};
  return span && `${text.slice(span.start, span.end)} → ${meant}`;
}

describe('a misspelt keyword', () => {
  const texts: Readonly<Record<string, string | undefined>> = {
    'SELECT * FORM t': 'FORM → FROM',
    'SELECT a FRM t': 'FRM → FROM',
    'SELECT a, b /* x */ FORM -- y\n t': 'FORM → FROM',
    'SELECT count(*) FORM t': 'FORM → FROM',
    'SELECT a x FORM t': 'FORM → FROM',
    'SELECT * FROM t WEHRE a = 1': 'WEHRE → WHERE',
    'SELECT * FROM t s WEHRE a = 1': 'WEHRE → WHERE',
    'SELECT a FROM t GRUOP BY a': 'GRUOP → GROUP',
    'SELECT a FROM t ODER BY a': 'ODER → ORDER',
    'SELECT a FROM t LIMT 5': 'LIMT → LIMIT',
    'SELECT a FROM t JION u ON true': 'JION → JOIN',
    'SELECT a FROM t LEFT JION u ON true': 'JION → JOIN',
    'SELECT a FROM t UNOIN SELECT 1': 'UNOIN → UNION',
    'SELECT CASE WHEN a THN b END': 'THN → THEN',
    'SELECT a FROM t ORDER BY a DSEC': 'DSEC → DESC',
    'SELEC 1': 'SELEC → SELECT',
    'SELECT ä FORM t': 'FORM → FROM',
    'SELECT a b c FROM t': undefined,
    'SELECT a AS form b': undefined,
    'SELECT a FROM t os x': undefined,
    'SELECT a FROM t WHERE': undefined,
    'SELECT a FROM t GROUP a': undefined,
    'SELECT 1 +': undefined,
    'SELECT (1': undefined,
  };
  for (const [text, expected] of Object.entries(texts)) {
    it(`in ${JSON.stringify(text)} is ${expected ?? 'none'}`, async () => {
      assert.equal(await found(text), expected);
    });
  }
});

describe('the token at an offset', () => {
  const text = 'SELECT  äb FROM -- end\n';
  for (const [offset, expected] of [
    [0, 'SELECT'],
    [6, 'äb'],
    [9, 'äb'],
    [text.length, 'FROM'],
  ] as const) {
    it(`${offset} is ${expected}`, () => {
      const { start, end } = tokenAt(text, offset);
      assert.equal(text.slice(start, end), expected);
    });
  }

  it('of a text without one is its last character', () => {
    assert.deepEqual(tokenAt('-- a', 4), { start: 3, end: 4 });
  });
});
