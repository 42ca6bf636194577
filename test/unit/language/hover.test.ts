import assert from 'node:assert/strict';
import { hoverAt } from '../../../src/language/hover.js';
import { shop, withCursor } from './shop.js';

/** What is marked and said for the place of the bar, or nothing. */
function check(marked: string, expected: readonly [span: string, text: RegExp] | undefined): void {
  const { text, offset } = withCursor(marked);
  const found = hoverAt(text, offset, shop, 'UTC');
  assert.equal(found && text.slice(found.span.start, found.span.end), expected?.[0]);
  if (expected !== undefined) assert.match(found?.text ?? '', expected[1]);
}

describe('hover', () => {
  const cases: Readonly<Record<string, readonly [string, RegExp] | undefined>> = {
    'FROM |silver.sales': ['silver.sales', /^\*\*silver\.sales\*\* · table/],
    'FROM silver.s|ales s': ['silver.sales', /One row per receipt/],
    'SELECT s.|amount FROM silver.sales s': [
      's.amount',
      /^\*\*amount\*\* · `DECIMAL\(18,2\)` · of silver\.sales\n\nwhat was paid/,
    ],
    'SELECT |s.amount FROM silver.sales s': ['s', /^\*\*silver\.sales\*\*/],
    'SELECT sto|re FROM silver.stores': ['store', /`VARCHAR` · of silver\.stores/],
    'SELECT silver.sales.am|ount FROM silver.sales': ['silver.sales.amount', /what was paid/],
    'SELECT "unit| price" FROM silver.sales': ['"unit price"', /`DOUBLE`/],
    'FROM gold.da|ily': ['gold.daily', /Not built yet[\s\S]*\| shop \|[\s\S]*cell 4/],
    'FROM silver.o|ld': ['silver.old', /No notebook builds it any more/],
    '-- @che|ck: x': ['@check', /A rule/],
    '-- @check: uni|que(x)': ['unique', /no two rows/],
    '-- @check: a\n--   > 0 OR Fr|esh(x)': ['Fresh', /newest value/],
    '-- @column: uni|que(x)': undefined,
    '-- @check: uni|que': undefined,
    '-- @check: x|': undefined,
    '|-- @check: x': undefined,
    '-- |@chek: x': undefined,
    'SEL|ECT 1': undefined,
    "SELECT 'silver.sa|les'": undefined,
    'FROM silver.nothi|ng': undefined,
  };
  for (const [marked, expected] of Object.entries(cases)) it(marked, () => check(marked, expected));

  it('does not call a table left over while a notebook can’t be read', () => {
    const catalog = { ...shop, unknown: "while a_b.ratnb can't be read" };
    const text = hoverAt('FROM silver.old', 8, catalog, 'UTC')?.text ?? '';
    assert.match(text, /^Whether a notebook builds it is unknown while a\\_b\.ratnb can't be read$/m);
    assert.doesNotMatch(text, /any more/);
  });

  it('tells all that is known of a table', () => {
    assert.equal(
      hoverAt('FROM silver.sales', 8, shop, 'UTC')?.text,
      [
        '**silver.sales** · table',
        'One row per receipt',
        '1,234 rows · version 3 of run 41 · 12 Mar 2026, 14:03',
        '| column | type |  |\n| --- | --- | --- |\n| store | VARCHAR |  |\n| amount | DECIMAL(18,2) | what was paid |\n| unit price | DOUBLE |  |',
        'Owner: till team · Built in notebooks/shop.ratnb, cell 3',
        '*Silver: cleaned and checked, each row once.*',
      ].join('\n\n'),
    );
  });
});
