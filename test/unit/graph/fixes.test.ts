import assert from 'node:assert/strict';
import type { Fix } from '../../../src/protocol/problem.js';
import { projectGraph } from '../../support/projectGraph.js';

/** Asserts what an editor is told to do about the problems of one notebook's models. */
async function check(cells: readonly string[], expected: readonly (Fix | undefined)[]): Promise<void> {
  const { graph } = await projectGraph({ a: cells }, {});
  const problems = [...graph.nodes.values()].flatMap((node) => node.problems);
  assert.deepEqual(
    problems.map(({ fix }) => fix),
    expected,
  );
}

describe('fixes of the layer rules', () => {
  it('write the table that was meant', () =>
    check(
      [
        'CREATE TABLE silver.sales AS SELECT 1 AS x',
        'CREATE TABLE gold.g AS FROM silver.slaes, Sales, silver.zzzzzz',
      ],
      [{ kind: 'replace', texts: ['silver.sales'] }, undefined, { kind: 'replace', texts: ['silver.sales'] }],
    ));

  it('move the cell that builds what is read', () =>
    check(
      ['SELECT 1', 'CREATE TABLE silver.b AS FROM bronze.a', 'CREATE TABLE bronze.a AS SELECT 1 AS x'],
      [{ kind: 'move cell', cell: 3, above: 2 }],
    ));

  it('leave what one cell holds to the person', () =>
    check(['CREATE TABLE silver.b AS FROM bronze.a;\nCREATE TABLE bronze.a AS SELECT 1 AS x'], [undefined]));
});
