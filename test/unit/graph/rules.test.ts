import assert from 'node:assert/strict';
import { problemLine, projectGraph } from '../../support/projectGraph.js';

/** Asserts everything that is said of the models of one notebook `a`, in the order of their cells. */
async function check(
  cells: readonly string[],
  expected: readonly string[],
  published: readonly string[] = [],
): Promise<void> {
  const { graph } = await projectGraph({ a: cells }, { published });
  const nodes = [...graph.nodes.values()].sort(
    (one, other) => one.model.position.cell - other.model.position.cell,
  );
  assert.deepEqual(nodes.flatMap(({ problems }) => problems).map(problemLine), expected);
}

describe('layer rules', () => {
  it('let a model read its own layer and those below', () =>
    check(
      [
        'CREATE TABLE bronze.a AS SELECT 1 AS x',
        'CREATE TABLE silver.b AS FROM bronze.a',
        'CREATE TABLE silver.c AS FROM Silver.B',
        'CREATE TABLE gold.d AS FROM bronze.a, silver.c',
      ],
      [],
    ));

  it('refuse reading upward', () =>
    check(
      ['CREATE TABLE gold.g AS SELECT 1 AS x', 'CREATE TABLE silver.b AS\nFROM gold.g'],
      [
        'graph.upward 2:2:6 silver.b reads gold.g: a layer never reads from a layer above it. | ' +
          'Build silver.b in gold, or read what gold.g is made from.',
      ],
    ));

  it('refuse reading what is built further down', () =>
    check(
      ['CREATE TABLE silver.b AS FROM bronze.a', 'CREATE TABLE bronze.a AS SELECT 1 AS x'],
      [
        'graph.order 1:1:31 bronze.a is built further down, in cell 2. | Move the cell that builds bronze.a above this one.',
      ],
    ));

  it('refuse further down within one cell too', () =>
    check(
      ['CREATE TABLE silver.b AS FROM bronze.a;\nCREATE TABLE bronze.a AS SELECT 1 AS x'],
      [
        'graph.order 1:1:31 bronze.a is built further down, in cell 1. | Move the cell that builds bronze.a above this one.',
      ],
    ));

  it('name every place of a table built twice', () =>
    check(
      ['CREATE TABLE gold.t AS SELECT 1 AS x', 'CREATE VIEW gold.T AS SELECT 2 AS x'],
      [
        'model.duplicate 1:1:14 gold.t is built in 2 places: notebooks/a.ratnb, cell 1; notebooks/a.ratnb, cell 2. | ' +
          'Keep one of them, or give the other table a name of its own.',
      ],
    ));

  it('suggest the table that was meant', () =>
    check(
      [
        'CREATE TABLE silver.sales AS SELECT 1 AS x',
        'CREATE TABLE gold.g AS FROM silver.slaes, silver.zzzzzz',
      ],
      [
        'graph.unknown-table 2:1:29 There is no table silver.slaes. | Did you mean silver.sales?',
        'graph.unknown-table 2:1:43 There is no table silver.zzzzzz. | No notebook builds a table of this name.',
      ],
    ));

  it('suggest the layer of a bare name', () =>
    check(
      ['CREATE TABLE silver.sales AS SELECT 1 AS x', 'CREATE TABLE gold.g AS FROM Sales'],
      ['graph.unknown-table 2:1:29 There is no table Sales. | Did you mean silver.sales?'],
    ));

  it('leave files and names of the statement alone', () =>
    check(
      [
        "CREATE TABLE gold.g AS WITH w AS (SELECT 1 AS x) FROM w, 'rates.csv', 'data/*.parquet', 'https://x.org/a'",
      ],
      [],
    ));

  it('warn of orphans that are read', () =>
    check(
      ['CREATE TABLE gold.g AS FROM silver.old'],
      [
        'graph.orphan 1:1:29 silver.old is an orphan: no notebook builds it any more. | ' +
          'Its last version is read. Bring its model back, or read another table.',
      ],
      ['silver.old'],
    ));

  it('keep landing in bronze', () =>
    check(
      ["CREATE TABLE bronze.a AS FROM landing('a.csv')", "CREATE TABLE silver.b AS FROM landing('b.csv')"],
      [
        'graph.landing-outside-bronze 2:1:31 silver.b reads landing files; only bronze does that. | ' +
          'Make a table bronze.b from them first, and read that.',
      ],
    ));

  it('take landing only with one literal', () =>
    check(
      [
        "CREATE TABLE bronze.a AS FROM landing('a' || '.csv')",
        "CREATE TABLE bronze.b AS FROM landing('b', 'c')",
      ],
      [
        "landing.path 1:1:31 landing() takes one text in quotes. | Write the files' pattern out: landing('sales/*.csv').",
        "landing.path 2:1:31 landing() takes one text in quotes. | Write the files' pattern out: landing('sales/*.csv').",
      ],
    ));

  it('keep what only a notebook has out of views', () =>
    check(
      [
        'CREATE MACRO twice(x) AS 2 * x',
        'CREATE VIEW silver.v AS SELECT twice(1) AS x',
        'CREATE TABLE silver.t AS SELECT twice(1) AS x',
      ],
      [
        'model.form 2:1:13 The view silver.v uses twice, which only this notebook has. | ' +
          'Move it to notebooks/_session.ratnb, which every notebook shares, or make silver.v a table.',
      ],
    ));

  it('refuse versions in models', () =>
    check(
      ['CREATE TABLE silver.a AS SELECT 1 AS x', 'CREATE TABLE gold.g AS FROM silver.a AT (VERSION => 1)'],
      [
        'model.form 2:1:38 A model always reads current versions. | Take AT (VERSION => …) away. Queries may use it.',
      ],
    ));

  it('warn of results that no order fixes', () =>
    check(
      [
        'CREATE TABLE silver.a AS SELECT 1 AS x',
        'CREATE TABLE gold.g AS SELECT first(x) AS f FROM silver.a LIMIT 3',
      ],
      [
        'graph.unordered 2:1:31 first without a complete order: the result can differ from run to run. | Add an ORDER BY that decides between any two rows.',
        'graph.unordered 2:1:59 LIMIT without a complete order: the result can differ from run to run. | Add an ORDER BY that decides between any two rows.',
      ],
    ));

  it('find a cycle within a notebook beside the order', () =>
    check(
      [
        'CREATE TABLE gold.a AS FROM gold.b',
        'CREATE TABLE gold.b AS FROM gold.a',
        'CREATE TABLE gold.self AS FROM gold.self',
      ],
      [
        'graph.order 1:1:29 gold.b is built further down, in cell 2. | Move the cell that builds gold.b above this one.',
        'graph.cycle 1:1:29 gold.a is part of a cycle: gold.a (notebooks/a.ratnb, cell 1) → gold.b (notebooks/a.ratnb, cell 2). | A table is made from what is there before it. Split one of them so that the common part comes first.',
        'graph.cycle 2:1:29 gold.b is part of a cycle: gold.a (notebooks/a.ratnb, cell 1) → gold.b (notebooks/a.ratnb, cell 2). | A table is made from what is there before it. Split one of them so that the common part comes first.',
        'graph.cycle 3:1:32 gold.self reads itself. | A table is made from what is there before it. Split one of them so that the common part comes first.',
      ],
    ));

  it('place what a session statement reads at that statement', () =>
    check(
      [
        'CREATE TEMP TABLE few AS\nSELECT 1 AS x FROM gold.g',
        'CREATE TABLE silver.b AS FROM few',
        'CREATE TABLE gold.g AS SELECT 1 AS x',
      ],
      [
        'graph.upward 1:2:20 silver.b reads gold.g: a layer never reads from a layer above it. | ' +
          'Build silver.b in gold, or read what gold.g is made from.',
      ],
    ));

  it('hold a quarantine to the rules of its table', () =>
    check(
      [
        "CREATE TABLE silver.b AS FROM quarantine('gold.g')",
        "CREATE TABLE gold.h AS FROM quarantine('gold.gg')",
        'CREATE TABLE gold.g AS SELECT 1 AS x',
      ],
      [
        'graph.upward 1:1:31 silver.b reads gold.g: a layer never reads from a layer above it. | ' +
          'Build silver.b in gold, or read what gold.g is made from.',
        'graph.unknown-table 2:1:29 There is no table gold.gg. | Did you mean gold.g?',
      ],
    ));
});
