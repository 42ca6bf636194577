import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeCatalog } from '../../../src/language/catalog.js';
import { complete } from '../../../src/language/complete.js';
import { definedModels } from '../../../src/language/definedModels.js';
import { hoverAt } from '../../../src/language/hover.js';
import { shop, withCursor } from './shop.js';

/** Asserts the labels that are offered at the bar, in the order in which they are shown. */
function check(marked: string, expected: readonly string[]): void {
  const { text, offset } = withCursor(marked);
  const shown = [...complete(text, offset, shop)].sort((a, b) => a.rank - b.rank);
  assert.deepEqual(
    shown.map(({ label }) => label),
    expected,
  );
}

/** The text after the first suggestion of a label was taken. */
function taken(marked: string, label: string): string {
  const { text, offset } = withCursor(marked);
  const found = complete(text, offset, shop).find((each) => each.label === label);
  assert(found, `${label} is offered`);
  return text.slice(0, found.replaced.start) + found.insert + text.slice(found.replaced.end);
}

const sources = [
  ...['bronze.sales', 'silver.sales', 'silver.stores', 'silver.old', 'gold.daily'],
  ...["landing('…')", 'bronze', 'silver', 'gold'],
];
const salesColumns = ['store', 'amount', 'unit price'];

describe('completion of tables', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'SELECT * FROM |': sources,
    'SELECT * FROM silver.sales s JOIN |': sources,
    'FROM silver.sales, sil|': sources,
    'SELECT (SELECT max(x) FROM |': sources,
    'DESCRIBE |': sources,
    'SELECT * FROM silver.|': ['silver.sales', 'silver.stores', 'silver.old'].map((name) => name.slice(7)),
    'SELECT * FROM gold.d|\nWHERE x': ['daily'],
    'SELECT 1; SELECT * FROM gold.|; SELECT 2': ['daily'],
    'WITH few AS (FROM silver.sales) SELECT * FROM |': ['few', ...sources],
    'CREATE OR REPLACE TABLE |': ['bronze', 'silver', 'gold'],
    'CREATE OR REPLACE TABLE silver.x AS SELECT * FROM gold.|': ['daily'],
    "SELECT * FROM quarantine('|": [
      'bronze.sales',
      'silver.sales',
      'silver.stores',
      'silver.old',
      'gold.daily',
    ],
    'SELECT * FROM silver.sales |': [],
    'SELECT * FROM nowhere.|': [],
    '|': [],
  };
  for (const [marked, expected] of Object.entries(cases)) {
    it(marked.replaceAll('\n', ' '), () => check(marked, expected));
  }

  it('goes on from a layer to its tables', () => assert.equal(taken('FROM sil|', 'silver'), 'FROM silver.'));
});

describe('completion of columns', () => {
  const own = [...salesColumns, 'sales'];
  const cases: Readonly<Record<string, readonly string[]>> = {
    'SELECT | FROM silver.sales': own,
    'SELECT am| FROM silver.sales': own,
    'SELECT s.| FROM silver.sales s': salesColumns,
    'SELECT sales.| FROM silver.sales': salesColumns,
    'SELECT silver.sales.| FROM silver.sales': salesColumns,
    'SELECT x.| FROM silver.sales s': [],
    'SELECT * FROM silver.sales WHERE |': own,
    'SELECT * FROM silver.sales s WHERE amount > 1 AND s.|': salesColumns,
    'SELECT * FROM silver.sales WHERE (amount > |': own,
    'SELECT store, sum(amount) AS total FROM silver.sales ORDER BY |': [...salesColumns, 'total', 'sales'],
    'SELECT s.store FROM silver.sales s JOIN silver.stores t ON |': [
      ...['s.store', 'amount', 'unit price', 't.store', 'city', 's', 't'],
    ],
    'SELECT s.store FROM silver.sales s JOIN silver.stores t ON s.store = t.|': ['store', 'city'],
    'WITH few AS (SELECT store AS shop, 2 * amount AS twice FROM silver.sales) SELECT | FROM few': [
      ...['shop', 'twice', 'few'],
    ],
    'SELECT | FROM (SELECT * EXCLUDE (amount) FROM silver.sales) AS q': ['store', 'unit price', 'q'],
    'SELECT (SELECT | FROM silver.stores) FROM silver.sales s': [
      ...['stores.store', 'city', 's.store', 'amount', 'unit price', 'stores', 's'],
    ],
    'WITH w AS (FROM w) SELECT | FROM w': ['w'],
    'WITH RECURSIVE w AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM w) SELECT | FROM w': ['n', 'w'],
    'SELECT | FROM gold.daily': ['shop', 'revenue', 'daily'],
    "SELECT | FROM landing('sales/*.csv')": ['store', 'amount', '_file', 'landing'],
    'SELECT | FROM bronze.sales UNION ALL SELECT * FROM silver.stores': ['store', 'amount', '_file', 'sales'],
    'SELECT * FROM bronze.sales UNION ALL SELECT | FROM silver.stores': ['store', 'city', 'stores'],
    'SELECT * FROM silver.sales WHERE store IS DISTINCT FROM gold.daily AND |': own,
    'FROM silver.stores SELECT |': ['store', 'city', 'stores'],
    'SELECT extract(year FROM day), | FROM silver.stores': ['store', 'city', 'stores'],
    'CREATE OR REPLACE TABLE gold.x AS SELECT | FROM silver.stores': ['store', 'city', 'stores'],
    'CREATE OR REPLACE TABLE gold.x AS SELECT count(*) FILTER (WHERE |) FROM silver.stores': [
      ...['store', 'city', 'stores'],
    ],
    'SELECT amount |FROM silver.sales': [],
    'SELECT amount AS | FROM silver.sales': [],
    "SELECT 'a|' FROM silver.sales": [],
    'SELECT /* am| */ 1 FROM silver.sales': [],
    'SELECT | FROM missing.table': ['table'],
  };
  for (const [marked, expected] of Object.entries(cases)) it(marked, () => check(marked, expected));

  it('quotes a name that needs it', () =>
    assert.equal(
      taken('SELECT un| FROM silver.sales', 'unit price'),
      'SELECT "unit price" FROM silver.sales',
    ));

  it('completes inside quotes that close themselves', () =>
    assert.equal(
      taken('SELECT "un|" FROM silver.sales', 'unit price'),
      'SELECT "unit price" FROM silver.sales',
    ));

  it('tells type, source and meaning', () => {
    const { text, offset } = withCursor('SELECT | FROM silver.sales');
    const found = complete(text, offset, shop).find(({ label }) => label === 'amount');
    assert.deepEqual(
      [found?.detail, found?.documentation],
      ['DECIMAL(18,2) · silver.sales', 'what was paid'],
    );
  });

  it('ends at models that read each other', () => {
    const circle = ['FROM gold.b', 'SELECT x, y FROM gold.a'].map((select, at) => ({
      kind: 'code' as const,
      text: `CREATE TABLE gold.${'ab'[at]} AS ${select}`,
    }));
    const catalog = makeCatalog({}, definedModels({ path: 'a.ratnb', cells: circle }));
    const labels = complete('SELECT  FROM gold.a', 7, catalog).map(({ label }) => label);
    assert.deepEqual(labels, ['x', 'y', 'a']);
  });

  it('never fails and always keeps to the line of its cursor', () => {
    const words = [
      'SELECT',
      'FROM',
      'silver.',
      'sales',
      ' s',
      ', ',
      '(',
      ')',
      "'",
      '"',
      '*',
      '.',
      '\n',
      '-- @check: ',
      '|',
      ' AS ',
      'WITH w AS (',
      'CREATE TABLE gold.x AS ',
      ';',
      'landing(',
      'JOIN ',
      'UNION ',
      '1',
    ];
    const text = fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, fc.nat(), (sql, at) => {
        const offset = at % (sql.length + 1);
        for (const { replaced } of complete(sql, offset, shop)) {
          assert(replaced.start <= offset && offset <= replaced.end);
          assert(!sql.slice(replaced.start, replaced.end).includes('\n'));
        }
        hoverAt(sql, offset, shop);
      }),
      { numRuns: process.env.RATATOUILLE_DEEP === '1' ? 20_000 : 500 },
    );
  });
});

describe('completion of landing files', () => {
  const files = ['sales/*.csv', 'sales/a.csv', 'sales/b.csv', 'stores.csv'];
  const cases: Readonly<Record<string, readonly string[]>> = {
    "SELECT * FROM landing('|": files,
    "SELECT * FROM landing('sa|')": files,
    "SELECT * FROM landing('|');\nSELECT 2": files,
    "SELECT * FROM read_csv('|')": [],
  };
  for (const [marked, expected] of Object.entries(cases)) {
    it(marked.replaceAll('\n', ' '), () => check(marked, expected));
  }

  it('takes the place of what is in the quotes', () =>
    assert.equal(taken("FROM landing('sales/|x')", 'sales/*.csv'), "FROM landing('sales/*.csv')"));
});

describe('completion of declarations', () => {
  const keys = ['@description', '@owner', '@tag', '@column', '@check'];
  const model = '\nCREATE TABLE silver.sales AS SELECT store, amount FROM bronze.sales';
  const columns = ['store', 'amount'];
  const cases: Readonly<Record<string, readonly string[]>> = {
    '-- @|': keys,
    '--@ch|': keys,
    '-- a remark|': [],
    'SELECT 1 -- @|': keys,
    '-- @owner: |': ['till team'],
    '-- @tag: x, |': ['daily'],
    '-- @description: |': [],
    '-- @chek: |': [],
  };
  const above: Readonly<Record<string, readonly string[]>> = {
    '-- @check: ': [...columns, ...['not_null(…)', 'unique(…)', 'accepted(…)', 'references(…)', 'fresh(…)']],
    '-- @check: not_null(': columns,
    '-- @check: amount > 0 | ': ['warn', 'drop', 'fail'],
    '-- @check: amount > 0 | dr': ['warn', 'drop', 'fail'],
    '-- @check: unique(store) |': ['warn', 'fail'],
    "-- @check: fresh(amount, '1 day') |": ['warn', 'fail'],
    '-- @check: sum(amount) > 0 | ': ['warn', 'fail'],
    '-- @check: sum > 0 | ': ['warn', 'drop', 'fail'],
    '-- @check: references(': columns,
    '-- @check: references(store, ': [
      ...['bronze.sales', 'silver.sales', 'silver.stores', 'silver.old', 'gold.daily'],
    ],
    '-- @check: references(store, silver.st': ['silver.sales', 'silver.stores', 'silver.old'],
    '-- @check: references(store, silver.stores.': ['store', 'city'],
    '-- @check: amount > 0\n--     AND ': columns,
    '-- @column: amount  paid\n-- @column: ': ['store'],
    '-- @column: store  ': [],
  };
  for (const [marked, expected] of Object.entries(cases)) it(marked, () => check(marked, expected));
  for (const [text, expected] of Object.entries(above)) {
    it(text.replaceAll('\n', ' '), () => {
      const suggestions = [...complete(text + model, text.length, shop)].sort((a, b) => a.rank - b.rank);
      assert.deepEqual(
        suggestions.map(({ label }) => label),
        expected,
      );
    });
  }

  it('helps with every key', () => {
    const help = complete('-- @', 4, shop).map(({ documentation }) => documentation ?? '');
    assert(help.every((text, at) => text.includes(`-- ${keys[at]}`)));
  });

  it('writes the colon', () => assert.equal(taken('-- @che|', '@check'), '-- @check: '));
});
