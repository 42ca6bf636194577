import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const sales = `-- ---
-- ratatouille: 1
-- ---

-- %% [markdown]
-- # Sales
--
-- From the till to revenue by store.

-- %%
-- @description: One row per receipt, as it came
CREATE OR REPLACE TABLE bronze.sales AS
SELECT * FROM landing('sales/*.csv');

-- %%
-- @check: amount > 0 | drop
CREATE OR REPLACE TABLE silver.sales AS
SELECT
  CAST(day AS DATE) AS day,
  store,
  CAST(amount AS DECIMAL(18, 2)) AS amount,
  nullif(trim(note), '') AS note
FROM bronze.sales;

-- %% chart={"mark": "bar", "x": "store", "y": "revenue"}
SELECT store, count(*) AS receipts, sum(amount) AS revenue
FROM silver.sales
GROUP BY ALL
ORDER BY store;
`;

const faults = `-- ---
-- ratatouille: 1
-- ---

-- %%
SELECT 40 + 2 AS answer,
       no_such_column
FROM range(3);

-- %%
SELECT 42 AS answer;

-- %%
SELECT sum(hash(a.range, b.range)) FROM range(10_000_000) AS a, range(10_000_000) AS b;
`;

const outputs = `-- ---
-- ratatouille: 1
-- ---

-- %%
CREATE OR REPLACE TABLE bronze.visits AS
SELECT * FROM (VALUES ('Lyon', 12), ('Nice', -1), ('Metz', 5)) AS visits(store, n);

-- %%
-- @check: n >= 0 | drop
CREATE OR REPLACE TABLE silver.visits AS
SELECT store, n FROM bronze.visits;

-- %%
SELECT 1 AS first;
CREATE OR REPLACE MACRO twice(x) AS 2 * x;
SELECT twice(2) AS second;

-- %% chart={"mark": "bar", "x": "store", "y": "n"}
FROM silver.visits;

-- %% chart={"mark": "bar", "x": "stor", "y": "n"}
FROM silver.visits;
`;

const receipts = `day,store,amount,note
2024-03-01,Lyon,12.50,
2024-03-01,Nice,8.00,loyal customer
2024-03-02,Lyon,31.25,
2024-03-02,Nice,-4.00,return
2024-03-03,Nice,102.90,
`;

/** The bytes of a notebook that no editor on this machine would write by itself. */
export const windowsNotebook = `\uFEFF${sales.replaceAll('\n', '\r\n')}`;

/** Writes the project that the editor tests open: four receipts and a return in two stores. */
export async function writeProject(root: string): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    'ratatouille.json': '{ "name": "shop" }\n',
    'notebooks/sales.ratnb': sales,
    'notebooks/faults.ratnb': faults,
    'notebooks/outputs.ratnb': outputs,
    'notes/windows.ratnb': windowsNotebook,
    'notes/broken.ratnb': sales.replace('ratatouille: 1', 'ratatouille: 99'),
    'data/landing/sales/2024-03.csv': receipts,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
