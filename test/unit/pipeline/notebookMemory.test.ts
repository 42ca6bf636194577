import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NotebookCache, NotebookMemory } from '../../../src/pipeline/notebookMemory.js';
import { readNotebooks } from '../../../src/pipeline/readNotebooks.js';
import { repository } from '../../rules/imports.js';

const sales = `-- ---
-- ratatouille: 1
-- ---

-- %% [markdown]
-- # Sales

-- %%
-- @description: One row for each sale
-- @tag: finance
-- @column: amount  in euros
-- @check: amount > 0 | drop
CREATE OR REPLACE TABLE silver.sales AS
SELECT * FROM bronze.sales WHERE '--' <> $$;$$;

-- %%
-- @ownr: somebody
SET VARIABLE limit_of_day = 3; CREATE MACRO half(x) AS x / 2;
SELECT half(1); DROP TABLE gold.old; INSERT INTO gold.old SELECT 1;

-- %% chart={"mark": "bar"}
-- @owner: sales team
-- @check: unique(day) | warn
CREATE VIEW gold.days AS SELECT 1 AS day;
COPY gold.days TO 'days.csv'; CREATE TABLE gold.t (a INT); SET TimeZone = 'UTC'; SELECT 'open
`;
const scratch = sales.replace('-- ratatouille: 1', '-- ratatouille: 1\n-- pipeline: false');
const unreadable = '-- ---\n-- ratatouille: 99\n-- ---\n';

const remembering = (cache?: NotebookCache) => new NotebookMemory(cache, '0.1.0');

describe('the memory of notebooks', () => {
  let root: string;
  const write = (name: string, text: string) => writeFile(join(root, name), text);
  const read = (memory: NotebookMemory) => readNotebooks(memory, root, '*.ratnb', undefined);
  const remembered = (memory: NotebookMemory) =>
    JSON.parse(JSON.stringify(memory.cacheToWrite())) as NotebookCache;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ratatouille-notebooks-'));
    await write('sales.ratnb', sales);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives what reading gave', async () => {
    await cp(join(repository, 'templates/pos-sales/notebooks'), root, { recursive: true });
    const memory = remembering();
    const fresh = read(memory);
    const recalled = read(remembering(remembered(memory)));
    assert.deepEqual(recalled, fresh);
    assert.deepEqual(
      fresh.notebooks.map(({ path }) => path),
      ['01_getting_started.ratnb', '02_your_data.ratnb', 'sales.ratnb'],
    );
  });

  it('trusts the bytes, not the name', async () => {
    const memory = remembering();
    read(memory);
    const later = remembering(remembered(memory));
    await write('sales.ratnb', sales.replace('silver.sales', 'silver.goods'));
    assert.match(JSON.stringify(read(later)), /silver\.goods/);
  });

  it('has nothing to write when nothing changed', () => {
    const memory = remembering();
    read(memory);
    const later = remembering(remembered(memory));
    read(later);
    assert.equal(later.cacheToWrite(), undefined);
  });

  it('forgets a notebook that is gone', async () => {
    const memory = remembering();
    read(memory);
    await rm(join(root, 'sales.ratnb'));
    read(memory);
    assert.deepEqual(remembered(memory).entries, {});
  });

  it('forgets what another version wrote', () => {
    const memory = remembering();
    read(memory);
    const later = new NotebookMemory(remembered(memory), '0.0.9');
    read(later);
    assert.notEqual(later.cacheToWrite(), undefined);
  });

  /** When this fails because reading gives something else: raise notebookFormat, then write the new hash here. */
  it('has a format for each way of reading', async () => {
    await write('scratch.ratnb', scratch);
    await write('unreadable.ratnb', unreadable);
    const memory = remembering();
    read(memory);
    const { reader, entries } = remembered(memory);
    const shape = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16);
    assert.deepEqual({ reader, shape }, { reader: '0.1.0; notebooks 3', shape: 'bde9e4948c341601' });
  });
});
