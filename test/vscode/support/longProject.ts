import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Sixty characters, as people's systems export them. */
export const longName = 'receipts_of_the_tills_of_all_stores_with_the_returns_in_them';
export const longColumn = 'the_amount_with_tax_and_without_discount_in_euro_as_it_came_';
export const longFolder = 'the project of the corner shops and of what they sold, 2026';

const measures = Array.from(
  { length: 30 },
  (_, index) => `  round(${longColumn} * ${index + 1}, 2) AS m${index + 1}`,
);

const notebook = `-- ---
-- ratatouille: 1
-- ---

-- %%
-- @description: Every line of every receipt of every store, as the tills sent it, with returns as negative amounts
CREATE OR REPLACE TABLE bronze.${longName} AS
SELECT * FROM landing('${longName}/*.csv');

-- %%
-- @check: ${longColumn} > 0 | drop
CREATE OR REPLACE TABLE silver.${longName} AS
SELECT store, ${longColumn} FROM bronze.${longName};

-- %%
SELECT
  store,
${measures.join(',\n')},
  round(${longColumn} * no_such_column, 2) AS last
FROM silver.${longName};

-- %%
SELECT 42 AS answer;

-- %% chart={"mark": "bar", "x": "store", "y": "${longColumn}"}
SELECT store, ${longColumn} FROM silver.${longName} ORDER BY store;
`;

const rows = `store,${longColumn},note
"Saint-Étienne, the one behind the old railway station",12.50,
Nice,8.00,"a loyal customer who told us at length why the apples of last week were so much better than these"
Lyon,-4.00,return
`;

/**
 * Writes a project in which everything has a name of sixty characters, and in which nothing tells the editor what
 * changes in the lake, as where a disk is far away.
 */
export async function writeLongProject(root: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    'ratatouille.json': `{ "name": "${longFolder}" }\n`,
    [`notebooks/${longName}.ratnb`]: notebook,
    [`data/landing/${longName}/${longName}_of_the_year_2026.csv`]: rows,
    '.vscode/settings.json': JSON.stringify({
      'files.watcherExclude': { '**/data/**': true, '**/.ratatouille/**': true },
    }),
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
