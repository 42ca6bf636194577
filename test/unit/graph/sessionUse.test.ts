import assert from 'node:assert/strict';
import { type Notebooks, projectGraph } from '../../support/projectGraph.js';

const model = (select: string): string => `CREATE OR REPLACE TABLE gold.t AS ${select}`;

/** The session of `gold.t`, by the statements' names in the order in which they run. */
async function session(notebooks: Notebooks): Promise<readonly string[]> {
  const { graph } = await projectGraph(notebooks);
  return graph.nodes.get('gold.t')?.session.map(({ kind, name }) => `${kind} ${name}`) ?? [];
}

/** By what they show: the cells of one notebook, and the session of the model in it. */
const cases: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'nothing that is not used': [['CREATE MACRO f(x) AS x', model('SELECT 1 AS x')], []],
  'a macro, whatever its case': [
    ['CREATE MACRO Twice(x) AS 2 * x', model('SELECT TWICE(2) AS x')],
    ['macro twice'],
  ],
  'a table macro': [
    ['CREATE MACRO rowsof(n) AS TABLE FROM range(n)', model('FROM rowsof(3)')],
    ['macro rowsof'],
  ],
  'a macro within a macro': [
    [
      'CREATE MACRO one(x) AS x + 1',
      'CREATE MACRO two(x) AS one(one(x))',
      'CREATE MACRO three(x) AS x',
      model('SELECT two(1) AS x'),
    ],
    ['macro one', 'macro two'],
  ],
  'every overload of a macro': [
    [
      'CREATE MACRO leaf(x) AS x',
      'CREATE MACRO over(a) AS a, (a, b) AS leaf(a) + b',
      model('SELECT over(1) AS x'),
    ],
    ['macro leaf', 'macro over'],
  ],
  'a type': [["CREATE TYPE mood AS ENUM ('ok', 'bad')", model("SELECT 'ok'::MOOD AS m")], ['type mood']],
  'a variable and what its value reads': [
    ['CREATE MACRO f() AS 1', 'SET VARIABLE low = f()', model("SELECT getvariable('LOW') AS x")],
    ['macro f', 'variable low'],
  ],
  'a temporary table and view': [
    [
      'CREATE TEMP TABLE few AS SELECT 1 AS x',
      'CREATE TEMPORARY VIEW seen AS FROM few',
      model('FROM temp.Seen'),
    ],
    ['temporary table few', 'temporary view seen'],
  ],
  'every setting': [
    ["SET default_order = 'DESC'", "SET TimeZone = 'UTC'", model('SELECT 1 AS x')],
    ['setting default_order', 'setting timezone'],
  ],
  'no CTE for a temporary table': [
    ['CREATE TEMP TABLE few AS SELECT 1 AS x', model('WITH few AS (SELECT 2 AS x) FROM few')],
    [],
  ],
  'no table of the lake for a temporary one': [
    [
      'CREATE TABLE silver.few AS SELECT 1 AS x',
      'CREATE TEMP TABLE few AS SELECT 1 AS x',
      model('FROM silver.few'),
    ],
    [],
  ],
  'no statement below the model': [
    [model('SELECT 1 AS x'), "SET TimeZone = 'UTC'", 'CREATE MACRO f() AS 1'],
    [],
  ],
  'no statement below it in its cell': [[`${model('SELECT f() AS x')};\nCREATE MACRO f() AS 1`], []],
  'what stands above it in its cell': [[`CREATE MACRO f() AS 1;\n${model('SELECT f() AS x')}`], ['macro f']],
  'no USE, ATTACH or plain table': [
    ["ATTACH ':memory:' AS other", 'USE other', 'CREATE TABLE plain AS SELECT 1 AS x', model('FROM plain')],
    [],
  ],
  'both statements of one name': [
    ['CREATE OR REPLACE MACRO f() AS 1', 'CREATE OR REPLACE MACRO f() AS 2', model('SELECT f() AS x')],
    ['macro f', 'macro f'],
  ],
  'what a macro finds when it is called': [
    [
      'SET VARIABLE low = 1',
      "CREATE MACRO f() AS getvariable('low')",
      'CREATE TEMP VIEW seen AS SELECT f() AS x',
      'SET VARIABLE low = 2',
      model('FROM seen'),
    ],
    ['variable low', 'macro f', 'temporary view seen', 'variable low'],
  ],
  'what a macro finds in each of its calls': [
    [
      "CREATE MACRO f() AS getvariable('low')",
      'CREATE TEMP TABLE few AS SELECT f() AS x',
      'SET VARIABLE low = 2',
      model('SELECT f() AS x FROM few'),
    ],
    ['macro f', 'temporary table few', 'variable low'],
  ],
  'nothing that a temporary table was made before': [
    [
      "CREATE MACRO f() AS getvariable('low')",
      'CREATE TEMP TABLE few AS SELECT f() AS x',
      'SET VARIABLE low = 2',
      model('FROM few'),
    ],
    ['macro f', 'temporary table few'],
  ],
  'a macro redefined by itself': [
    [
      'CREATE OR REPLACE MACRO f() AS 1',
      'CREATE OR REPLACE TEMP TABLE few AS SELECT f() AS x',
      'CREATE OR REPLACE TEMP TABLE few AS FROM few',
      model('FROM few'),
    ],
    ['macro f', 'temporary table few', 'temporary table few'],
  ],
};

describe('a model’s session', () => {
  for (const [title, [cells, expected]] of Object.entries(cases)) {
    it(`has ${title}`, async () => assert.deepEqual(await session({ a: cells }), expected));
  }

  it('begins with what all notebooks share', async () => {
    const notebooks = {
      a: ['CREATE MACRO own() AS shared()', model('SELECT own() AS x')],
      _session: ['CREATE MACRO unused() AS 2', 'CREATE MACRO shared() AS 1', "SET TimeZone = 'UTC'"],
    };
    assert.deepEqual(await session(notebooks), ['macro shared', 'setting timezone', 'macro own']);
  });

  it('has nothing of other notebooks', async () => {
    const notebooks = { a: [model('SELECT f() AS x')], b: ['CREATE MACRO f() AS 1', "SET TimeZone = 'UTC'"] };
    assert.deepEqual(await session(notebooks), []);
  });

  it('brings its inputs to the model', async () => {
    const { graph } = await projectGraph({
      a: [
        'CREATE TABLE bronze.b AS SELECT 1 AS x',
        'CREATE MACRO f() AS (SELECT max(x) + random() FROM bronze.b)',
        "CREATE TEMP VIEW rates AS FROM read_csv('rates.csv')",
        model('SELECT f() AS x FROM rates'),
      ],
    });
    const { upstream, inputs } = graph.nodes.get('gold.t') ?? assert.fail();
    assert.deepEqual(upstream, ['bronze.b']);
    assert.deepEqual(inputs.outsideFiles, ['rates.csv']);
    assert.deepEqual(inputs.volatile, ['random']);
  });
});
