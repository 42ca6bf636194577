import assert from 'node:assert/strict';
import { placeProblems } from '../../../src/extension/execution/problemPlacement.js';
import { problemRange } from '../../../src/extension/execution/problemRange.js';
import { type Place, problem } from '../../../src/protocol/problem.js';

/** Asserts what a place underlines in a text. */
function check(text: string, place: Place, underlined: string): void {
  const { startLine, startCharacter, endLine, endCharacter } = problemRange(text, place);
  const lines = text.split(/\r?\n/).slice(startLine, endLine + 1);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, endCharacter) ?? '';
  assert.equal([lines[0]?.slice(startCharacter), ...lines.slice(1)].join('\n'), underlined);
}

describe('problem range', () => {
  const text = "SELECT a.b, \"x y\".z,\r\n  'it''s' + größe\r\nFROM t";

  it('covers a token', () => {
    check(text, { line: 1, column: 8 }, 'a.b');
    check(text, { line: 1, column: 13 }, '"x y".z');
    check(text, { line: 2, column: 3 }, "'it''s'");
    check(text, { line: 2, column: 11 }, '+');
    check(text, { line: 2, column: 13 }, 'größe');
  });

  it('covers the token at a point', () => {
    check(text, { line: 2, column: 13, endLine: 2, endColumn: 14 }, 'größe');
    check(text, { line: 2, column: 11, endLine: 2, endColumn: 12 }, '+');
  });

  it('covers what a place says', () => {
    check(text, { line: 1, column: 8, endColumn: 10 }, 'a.');
    check(text, { line: 2, column: 13, endLine: 3, endColumn: 5 }, 'größe\nFROM');
  });

  it('covers the line without a column', () => {
    check(text, { line: 2 }, "'it''s' + größe");
    check(text, {}, 'SELECT a.b, "x y".z,');
  });

  it('stays in the text', () => {
    check(text, { line: 99, column: 3 }, 'OM');
    check(text, { line: 3, column: 99 }, 'FROM t');
    check('', { line: 1, column: 1 }, '');
  });
});

describe('problem placement', () => {
  const ran = { notebook: 'notebooks/a.ratnb', cell: 4 };
  const placed = (place?: Place) =>
    placeProblems([problem('sql.failed', 'It failed.', place && { place })], ran).map((found) => [
      found.cell,
      found.place.line,
    ]);

  it('goes to the cell it names', () => {
    assert.deepEqual(placed({ notebook: 'notebooks/a.ratnb', cell: 2, line: 7 }), [[1, 7]]);
    assert.deepEqual(placed({ line: 7 }), [[4, 7]]);
  });

  it('stays in the cell that ran otherwise', () => {
    assert.deepEqual(placed({ notebook: 'notebooks/b.ratnb', cell: 2, line: 7 }), [[4, undefined]]);
    assert.deepEqual(placed({ file: 'contracts/sales.json', line: 7 }), [[4, undefined]]);
    assert.deepEqual(placed(), [[4, undefined]]);
  });
});
