import assert from 'node:assert/strict';
import type { Manifest, TableEntry } from '../../../src/lake/manifest.js';
import type { Snapshot } from '../../../src/lake/snapshot.js';
import { knownRowCount } from '../../../src/pipeline/knownRowCount.js';
import { missingTable } from '../../../src/pipeline/missingTable.js';
import { collectReferences } from '../../../src/sql/walk.js';
import { parseTree } from '../../support/parseTree.js';

const entries = {
  'silver.t': { form: 'table', version: { rows: 7 } },
  'silver.v': { form: 'view', version: { rows: 0 } },
};
const manifest = { tables: entries as unknown as Readonly<Record<string, TableEntry>> } as Manifest;

/** The row counts that the manifest knows of queries on a table of seven rows and a view. */
const counts: Readonly<Record<string, number | undefined>> = {
  'FROM silver.t': 7,
  'SELECT a, b + 1 FROM Silver.T AS x ORDER BY b': 7,
  'TABLE silver.t': 7,
  'FROM silver.v': undefined,
  'FROM silver.gone': undefined,
  'FROM t': undefined,
  'FROM other.silver.t': undefined,
  'FROM silver.t AT (VERSION => 1)': undefined,
  'FROM silver.t WHERE a > 1': undefined,
  'FROM silver.t LIMIT 3': undefined,
  'SELECT DISTINCT a FROM silver.t': undefined,
  'FROM silver.t, silver.t b': undefined,
  'FROM silver.t UNION ALL FROM silver.t': undefined,
  'SELECT count(*) FROM silver.t': undefined,
  'SELECT hidden(a) FROM silver.t': undefined,
  'SELECT a FROM silver.t GROUP BY a': undefined,
  'SELECT unnest(a) FROM silver.t': undefined,
  'FROM silver.t TABLESAMPLE 10%': undefined,
  'FROM silver.t QUALIFY a > 1': undefined,
  'SELECT (SELECT max(a) FROM silver.t)': undefined,
  'DESCRIBE silver.t': undefined,
  'SUMMARIZE silver.t': undefined,
  'WITH w AS (FROM silver.t LIMIT 1) FROM w': undefined,
  'UNPIVOT silver.t ON a, b INTO NAME n VALUE v': undefined,
  'FROM (FROM silver.t WHERE a > 1)': undefined,
  'FROM range(9)': undefined,
};

describe('knownRowCount', () => {
  for (const [sql, expected] of Object.entries(counts)) {
    it(`${sql} → ${expected}`, async () => {
      const references = collectReferences(await parseTree(sql), sql);
      assert.equal(knownRowCount(references, { manifest } as Snapshot), expected);
    });
  }
});

const missing: Readonly<Record<string, readonly [string, string]>> = {
  'gold.new': ['graph.never-built', 'Run the cell that builds it first.'],
  'silver.tt': ['graph.unknown-table', 'Did you mean silver.t?'],
  'bronze.v': ['graph.unknown-table', 'Did you mean silver.v?'],
  'gold.nwe': ['graph.unknown-table', 'Did you mean gold.new?'],
  V: ['graph.unknown-table', 'Did you mean silver.v?'],
  'silver.zzzzzzz': [
    'graph.unknown-table',
    'Tables of the lake are written with their layer, as silver.sales.',
  ],
};

describe('missingTable', () => {
  for (const [name, [code, hint]] of Object.entries(missing)) {
    it(`${name} → ${code}: ${hint}`, () => {
      const found = missingTable(name, manifest, new Set(['gold.new', 'silver.t']), { line: 2 });
      assert.deepEqual([found.code, found.hint, found.place], [code, hint, { line: 2 }]);
      assert(found.message.includes(name));
    });
  }
});
