import assert from 'node:assert/strict';
import { matchesPattern, parsePattern } from '../../../src/ingest/pattern.js';
import { problemOf } from './landingFixture.js';

describe('landing patterns', () => {
  for (const [pattern, matching, others] of [
    ['a.csv', ['a.csv'], ['b/a.csv', 'A.csv', 'axcsv']],
    ['pos/*.csv', ['pos/a.csv', 'pos/.csv'], ['pos/a/b.csv', 'a.csv', 'pos/a.csv.gz']],
    ['**/*.csv', ['a.csv', 'x/a.csv', 'x/y/a.csv'], ['a.tsv']],
    ['x/**', ['x/a.csv', 'x/y/a.csv'], ['a.csv', 'y/x/a.csv']],
    ['x/**/z/*.csv', ['x/z/a.csv', 'x/y/z/a.csv', 'x/1/2/z/a.csv'], ['x/a.csv', 'x/z/y/a.csv']],
    ['a?.csv', ['a1.csv', 'aö.csv', 'a😀.csv'], ['a.csv', 'a12.csv']],
    ['[a-c][!0-9].csv', ['ax.csv', 'c-.csv'], ['a1.csv', 'dx.csv']],
    ['[.]a[*].csv', ['.a*.csv'], ['xa*.csv', '.ab.csv']],
    ['{jan,feb*}.csv', ['jan.csv', 'feb2.csv'], ['mar.csv', 'jan2.csv']],
    ['sales (1)+$^.csv', ['sales (1)+$^.csv'], ['sales 1.csv']],
    ['ka\u0308se.csv', ['k\u00e4se.csv', 'ka\u0308se.csv'], ['kase.csv']],
  ] as const) {
    it(`matches by ${pattern}`, () => {
      const parsed = parsePattern(pattern);
      for (const path of matching) assert.ok(matchesPattern(parsed, path), path);
      for (const path of others) assert.ok(!matchesPattern(parsed, path), path);
    });
  }

  for (const [pattern, message] of [
    ['', /is empty/],
    ['../a.csv', /\. or \.\./],
    ['a/../../b.csv', /\. or \.\./],
    ['./a.csv', /\. or \.\./],
    ['/etc/*.csv', /absolute/],
    ['C:/a.csv', /absolute/],
    ['c:a.csv', /absolute/],
    ['..\\a.csv', /backslash/],
    ['\\\\host\\a.csv', /backslash/],
    ['s3://bucket/a.csv', /address|empty folder/],
    ['a//b.csv', /empty folder/],
    ['a/', /empty folder/],
    ['a\0.csv', /NUL/],
    ['a[.csv', /\[ without/],
    ['[z-a].csv', /makes no sense/],
    ['{a/b,c}.csv', /\{ without its \} in the same name/],
    ['{a,{b}}.csv', /inside another/],
  ] as const) {
    it(`refuses ${JSON.stringify(pattern)}`, async () => {
      const problem = await problemOf(() => parsePattern(pattern));
      assert.equal(problem.code, 'landing.path');
      assert.match(problem.message, message);
    });
  }
});
