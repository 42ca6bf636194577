import assert from 'node:assert/strict';
import { patternInCaseOf } from '../../../src/ingest/otherCase.js';
import { parsePattern } from '../../../src/ingest/pattern.js';

describe('a pattern in the case of a file', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['Pos_Sales/2026-*.csv', 'pos_sales/2026-01.csv', 'pos_sales/2026-*.csv'],
    ['*.csv', 'MAY.CSV', 'MAY.CSV'],
    ['POS/*/Till/*.csv', 'pos/a/till/x.csv', 'pos/*/till/*.csv'],
    ['Pos/**/*.csv', 'pos/a/b/x.csv', 'pos/**/*.csv'],
    ['Pos/**', 'pos/a/x.csv', 'pos/**'],
    ['**/Pos/*.csv', 'a/pos/x.csv', 'a/pos/*.csv'],
  ];
  for (const [pattern, path, expected] of cases) {
    it(`${pattern} for ${path}`, () => assert.equal(patternInCaseOf(parsePattern(pattern), path), expected));
  }
});
