import assert from 'node:assert/strict';
import { checkFunctions } from '../../../src/notebook/checkFunctions.js';
import { suggest } from '../../../src/protocol/suggest.js';
import { duckdbRows } from '../../support/parseTree.js';
import { problemLine, projectGraph } from '../../support/projectGraph.js';

/** The graph of a notebook whose `silver.t` has these checks, below the other cells. */
async function nodeOf(checks: readonly string[], above: readonly string[] = []) {
  const declared = checks.map((check) => `-- @check: ${check}\n`).join('');
  const cells = [...above, `${declared}CREATE TABLE silver.t AS SELECT 1 AS a`];
  const { graph } = await projectGraph({ a: cells }, { published: ['silver.stores'] });
  return { graph, node: graph.nodes.get('silver.t') ?? assert.fail() };
}

async function problemsOf(check: string, above: readonly string[] = []): Promise<readonly string[]> {
  return (await nodeOf([check], above)).node.problems.map(problemLine);
}

describe('checks that refer to a table', () => {
  it('make it an input, once, that is built before', async () => {
    const { graph, node } = await nodeOf(
      ['references(a, bronze.b.a)', 'references(a, BRONZE.B.c) | warn'],
      ['CREATE TABLE bronze.b AS SELECT 1 AS a'],
    );
    assert.deepEqual(node.upstream, ['bronze.b']);
    assert.deepEqual(
      node.inputs.tables.map(({ key, forCheck }) => [key, forCheck]),
      [['bronze.b', true]],
    );
    assert.deepEqual([...graph.nodes.keys()], ['bronze.b', 'silver.t']);
  });

  it('add no input to what the model reads itself, nor to itself', async () => {
    const check = '-- @check: references(a, bronze.b.a)\n-- @check: references(a, silver.c.a)\n';
    const { graph } = await projectGraph({
      a: ['CREATE TABLE bronze.b AS SELECT 1 AS a', `${check}CREATE TABLE silver.c AS FROM bronze.b`],
    });
    const { inputs, problems } = graph.nodes.get('silver.c') ?? assert.fail();
    assert.deepEqual(
      inputs.tables.map(({ key, forCheck }) => [key, forCheck]),
      [['bronze.b', undefined]],
    );
    assert.deepEqual(problems, []);
  });

  it('keep the rules of layers and order', async () => {
    assert.deepEqual(await problemsOf('references(a, gold.g.a)', ['CREATE TABLE gold.g AS SELECT 1 AS a']), [
      'graph.upward 2:1:26 silver.t reads gold.g: a layer never reads from a layer above it. | ' +
        'Build silver.t in gold, or read what gold.g is made from.',
    ]);
    assert.deepEqual(await problemsOf('references(a, silver.stors.id)'), [
      'graph.unknown-table 1:1:26 There is no table silver.stors. | Did you mean silver.stores?',
    ]);
  });

  it('can close a cycle', async () => {
    const [cycle] = await problemsOf('references(a, silver.u.a)', ['CREATE TABLE silver.u AS FROM silver.t']);
    assert.match(cycle ?? '', /graph.order|graph.cycle/);
    const { node } = await nodeOf(['references(a, silver.u.a)'], ['CREATE TABLE silver.u AS FROM silver.t']);
    assert(node.problems.some(({ code }) => code === 'graph.cycle'));
  });

  it('drop nothing by the rows they drop from', async () => {
    const [refused, ...more] = await problemsOf('references(a, silver.t.a) | drop');
    assert.match(refused ?? '', /^notebook.declaration 1:1:12 .*can only warn or fail/);
    assert.deepEqual(more, []);
    assert.deepEqual(await problemsOf('references(a, silver.t.a)'), []);
  });
});

describe('checks of aggregates', () => {
  it('are told by the parser, with their places', async () => {
    const rules = [
      'count(*) > 0 AND sum(a) FILTER (WHERE a > 1) <> max( a )',
      'count > 0',
      'a > (SELECT max(x) FROM unnest([1]) v(x))',
      'mode() WITHIN GROUP (ORDER BY a) = 1 OR max(a) = max(a)',
    ];
    const { node } = await nodeOf(rules);
    assert.deepEqual(
      node.model.checks.map((check) => (check.kind === 'table' ? check.aggregates : check.kind)),
      [
        ['count(*)', 'sum(a) FILTER (WHERE a > 1)', 'max( a )'],
        'row',
        'row',
        ['mode() WITHIN GROUP (ORDER BY a)', 'max(a)'],
      ],
    );
    assert.deepEqual(node.problems, []);
  });

  it('drop nothing, and hold no windows', async () => {
    assert.match(
      (await problemsOf('sum(a) > 0 | drop'))[0] ?? '',
      /1:1:12 A rule of the whole table, as sum\(a\)/,
    );
    assert.match(
      (await problemsOf('row_number() OVER () < 9'))[0] ?? '',
      /1:1:12 A check can hold no window/,
    );
    assert.match((await problemsOf('sum(a) OVER () < 9'))[0] ?? '', /no window/);
  });
});

describe('checks whose answer changes by itself', () => {
  const cases: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
    "fresh(a, '1 day')": [[], ['fresh']],
    'a < now()': [[], ['now']],
    'max(a) < current_date | warn': [[], ['current_date']],
    'a < now() | drop': [['now'], []],
    'a > 0': [[], []],
  };
  for (const [check, expected] of Object.entries(cases)) {
    it(check, async () => {
      const { volatile, volatileChecks } = (await nodeOf([check])).node.inputs;
      assert.deepEqual([volatile, volatileChecks], expected);
    });
  }
});

describe('a misspelt check function', () => {
  it('is told at its place', async () => {
    assert.deepEqual(await problemsOf("acepted(a, 'x')"), [
      'notebook.declaration 1:1:12 There is no check function acepted. | Did you mean accepted(…)?',
    ]);
    assert.match((await problemsOf("frsh(a, '1 day')"))[0] ?? '', /Did you mean fresh/);
  });

  it('is none where a macro has that name', async () => {
    assert.deepEqual(await problemsOf('is_unique(a)', ['CREATE MACRO is_unique(x) AS x > 0']), []);
  });

  it('is no function of the engine', async () => {
    const all = await duckdbRows('SELECT DISTINCT function_name FROM duckdb_functions()');
    const near = all.filter(([name]) => suggest(String(name), Object.keys(checkFunctions)) !== undefined);
    assert.deepEqual(near, []);
  });
});
