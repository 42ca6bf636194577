import { type Catalog, makeCatalog, type PublishedTable } from '../../../src/language/catalog.js';
import { definedModels } from '../../../src/language/definedModels.js';

/** A text with a cursor: its last bar is the cursor and no part of it. */
export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.lastIndexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** A published table of these columns, whose SELECT names them. */
export function published(
  name: string,
  columns: Readonly<Record<string, string>>,
  more: Partial<PublishedTable['version']> & Partial<Omit<PublishedTable, 'version'>> = {},
): PublishedTable {
  const { description, owner, columnDescriptions = {}, tags = [], form = 'table', ...version } = more;
  return {
    name,
    form,
    tags,
    columnDescriptions,
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
    version: {
      version: 3,
      rows: 1234,
      run: 41,
      publishedAt: '2026-03-12T14:03:00Z',
      sql: `SELECT ${Object.keys(columns).join(', ')} FROM x`,
      columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
      inputs: [],
      checks: [],
      ...version,
    },
  };
}

const notebook = {
  path: 'notebooks/shop.ratnb',
  cells: [
    { kind: 'markdown' as const, text: '# Shop' },
    {
      kind: 'code' as const,
      text: "CREATE OR REPLACE TABLE bronze.sales AS SELECT * FROM landing('sales/*.csv');",
    },
    {
      kind: 'code' as const,
      text: `-- @description: One row per receipt
-- @owner: till team
-- @tag: daily
-- @column: amount  what was paid
CREATE OR REPLACE TABLE silver.sales AS SELECT store, amount, "unit price" FROM bronze.sales;`,
    },
    {
      kind: 'code' as const,
      text: 'CREATE OR REPLACE TABLE gold.daily AS SELECT store AS shop, sum(amount) AS revenue FROM silver.sales GROUP BY ALL',
    },
  ],
};

/** A shop whose gold table was never built; nobody builds `silver.old` any more. */
export const shop: Catalog = makeCatalog(
  {
    'bronze.sales': published(
      'bronze.sales',
      { store: 'VARCHAR', amount: 'VARCHAR', _file: 'VARCHAR' },
      {
        sql: "SELECT * FROM landing('sales/*.csv')",
        inputs: [{ kind: 'landing', pattern: 'sales/*.csv', files: [{ path: 'sales/a.csv' }] }],
      },
    ),
    'silver.sales': published('silver.sales', {
      store: 'VARCHAR',
      amount: 'DECIMAL(18,2)',
      'unit price': 'DOUBLE',
    }),
    'silver.stores': published('silver.stores', { store: 'VARCHAR', city: 'VARCHAR' }),
    'silver.old': published('silver.old', { x: 'INTEGER' }),
  },
  definedModels(notebook),
  ['notes.md', 'sales/a.csv', 'sales/b.csv', 'stores.csv'],
);
