import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selectModels } from '../../../src/graph/selection.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import { runs } from '../../support/notebookArbitraries.js';
import { type Notebooks, projectGraph } from '../../support/projectGraph.js';
import { graphOf, modelReading } from './models.js';

const notebooks: Notebooks = {
  '01_load': [
    '-- @tag: daily, raw\nCREATE TABLE bronze.Sales AS SELECT 1 AS a',
    'CREATE TABLE bronze.stores AS SELECT 1 AS a',
  ],
  '02_clean': [
    '-- @tag: daily\nCREATE TABLE silver.sales AS FROM bronze.sales',
    'CREATE VIEW silver.shops AS FROM bronze.stores',
  ],
  '03_report': [
    'CREATE TABLE gold.report AS FROM silver.sales, silver.shops',
    'CREATE TABLE gold.alone AS SELECT 1 AS a',
  ],
};

const selections: Readonly<Record<string, readonly string[]>> = {
  '': ['bronze.sales', 'bronze.stores', 'gold.alone', 'gold.report', 'silver.sales', 'silver.shops'],
  'silver.sales': ['silver.sales'],
  'SILVER.Sales': ['silver.sales'],
  '+silver.sales': ['bronze.sales', 'silver.sales'],
  'silver.sales+': ['gold.report', 'silver.sales'],
  '+silver.sales+': ['bronze.sales', 'gold.report', 'silver.sales'],
  '+gold.report': ['bronze.sales', 'bronze.stores', 'gold.report', 'silver.sales', 'silver.shops'],
  'bronze.stores+': ['bronze.stores', 'gold.report', 'silver.shops'],
  'silver.*': ['silver.sales', 'silver.shops'],
  '+Silver.*': ['bronze.sales', 'bronze.stores', 'silver.sales', 'silver.shops'],
  'tag:daily': ['bronze.sales', 'silver.sales'],
  'tag:raw+': ['bronze.sales', 'gold.report', 'silver.sales'],
  'notebook:01_load': ['bronze.sales', 'bronze.stores'],
  'notebook:notebooks/02_clean.ratnb': ['silver.sales', 'silver.shops'],
  'notebook:notebooks\\02_clean': ['silver.sales', 'silver.shops'],
  'gold.alone silver.shops': ['gold.alone', 'silver.shops'],
};

const unknown: Readonly<Record<string, string>> = {
  'silver.sale': 'Did you mean silver.sales?',
  '+gold.reprot+': 'Did you mean +gold.report+?',
  'tag:dayly': 'Did you mean tag:daily?',
  'platinum.*': 'Name a model as silver.sales, a tag as tag:daily, or a notebook as notebook:01_sales.',
  'notebook:load': 'Name a model as silver.sales, a tag as tag:daily, or a notebook as notebook:01_sales.',
  '+': 'Name a model as silver.sales, a tag as tag:daily, or a notebook as notebook:01_sales.',
};

describe('selectModels', () => {
  for (const [selector, expected] of Object.entries(selections)) {
    it(`reads ${JSON.stringify(selector)}`, async () => {
      const { graph } = await projectGraph(notebooks);
      const selectors = selector.split(' ').filter((each) => each !== '');
      assert.deepEqual([...selectModels(graph, selectors)].sort(), expected);
    });
  }

  for (const [selector, hint] of Object.entries(unknown)) {
    it(`refuses ${JSON.stringify(selector)}`, async () => {
      const { graph } = await projectGraph(notebooks);
      assert.throws(
        () => selectModels(graph, ['silver.sales', selector]),
        (error) =>
          error instanceof ProblemError &&
          error.problem.code === 'selection.unknown' &&
          error.problem.message.includes(selector) &&
          error.problem.hint === hint,
      );
    });
  }

  it('selects upstream and downstream as each other’s mirror', () => {
    const reads = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(reads, fc.nat(7), fc.nat(7), (edges, one, other) => {
        const graph = graphOf(
          edges.map((read, index) =>
            modelReading(
              `t${index}`,
              read.map((each) => `t${each}`),
            ),
          ),
        );
        const above = selectModels(graph, [`+silver.t${one}`]).has(`silver.t${other}`);
        assert.equal(above, selectModels(graph, [`silver.t${other}+`]).has(`silver.t${one}`));
      }),
      runs(300, 5000),
    );
  });
});
