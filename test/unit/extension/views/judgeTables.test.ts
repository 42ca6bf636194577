import assert from 'node:assert/strict';
import { judgeTables, type ProjectFacts } from '../../../../src/extension/views/judgeTables.js';
import type { DataTable } from '../../../../src/extension/views/projectData.js';
import type { Manifest, TableEntry, VersionInput } from '../../../../src/lake/manifest.js';
import { definedModels } from '../../../../src/language/definedModels.js';
import { problem } from '../../../../src/protocol/problem.js';

const bronze = "SELECT * FROM landing('sales/*.csv')";
const silver = 'SELECT day, amount FROM bronze.sales';
const landed = { path: 'sales/a.csv', bytes: 10 };

function entry(name: string, sql: string, inputs: readonly VersionInput[], version = 1): TableEntry {
  return {
    name,
    form: 'table',
    earlier: [],
    tags: [],
    columnDescriptions: { day: 'of the sale' },
    notebook: 'notebooks/sales.ratnb',
    cell: 2,
    version: {
      version,
      files: [],
      quarantine: [],
      columns: [{ name: 'day', type: 'DATE' }],
      rows: 5,
      bytes: 100,
      run: 3,
      publishedAt: '2026-01-01T00:00:00Z',
      fingerprint: { sql: '', session: '', inputs: '', contracts: '', checks: '', engine: '' },
      sql,
      inputs,
      checks: [],
    },
  };
}

const landing: VersionInput = {
  kind: 'landing',
  pattern: 'sales/*.csv',
  files: [{ ...landed, sha256: '', records: 5 }],
};
const readsBronze: VersionInput = { kind: 'table', name: 'bronze.sales', version: 1, run: 3 };
const lake = {
  'bronze.sales': entry('bronze.sales', bronze, [landing]),
  'silver.sales': entry('silver.sales', silver, [readsBronze]),
};

function judgeAll(facts: {
  readonly tables?: Manifest['tables'];
  readonly sql?: string;
  readonly landing?: ProjectFacts['landing'];
  readonly problems?: ProjectFacts['problems'];
}): readonly DataTable[] {
  const { tables = lake, sql = text(silver) } = facts;
  const models = definedModels({ path: 'notebooks/sales.ratnb', cells: [{ kind: 'code', text: sql }] });
  const manifest = {
    format: 1,
    environment: 'prod',
    generation: 1,
    committedAt: '',
    run: 3,
    tables,
  } as const;
  return judgeTables({
    manifest,
    models,
    problems: facts.problems ?? [],
    landing: facts.landing ?? [landed],
    plainPath: ({ name }) => `data/${name}`,
  });
}

/** What is said of each table. */
function judge(facts: Parameters<typeof judgeAll>[0]): Readonly<Record<string, string>> {
  const judged = judgeAll(facts);
  return Object.fromEntries(judged.map(({ name, state, reason }) => [name, `${state}: ${reason}`]));
}

function text(select: string): string {
  return `CREATE TABLE bronze.sales AS ${bronze};\nCREATE OR REPLACE TABLE silver.sales AS ${select};`;
}

describe('how tables stand', () => {
  it('is fresh when nothing changed', () => {
    assert.deepEqual(judge({}), {
      'bronze.sales': 'fresh: up to date since run 3',
      'silver.sales': 'fresh: up to date since run 3',
    });
  });

  it('takes no notice of blanks and comments', () => {
    const spread = silver.replace(' FROM', '\n  -- the tills\n  FROM');
    assert.match(judge({ sql: text(spread) })['silver.sales'] ?? '', /^fresh/);
  });

  it('is stale after an edit', () => {
    const edited = judge({ sql: text('SELECT day FROM bronze.sales') });
    assert.equal(edited['silver.sales'], 'stale: its SQL differs from that of run 3');
  });

  it('is stale after an edit inside of a text that looks like a comment', () => {
    const dashes = { ...lake, 'silver.sales': entry('silver.sales', "SELECT '-- a' AS x", []) };
    const edited = judge({ tables: dashes, sql: text("SELECT '-- b' AS x") });
    assert.equal(edited['silver.sales'], 'stale: its SQL differs from that of run 3');
  });

  it('is stale after an edit of its checks', () => {
    const sql = text(silver).replace('CREATE OR', '-- @check: amount > 0 | drop\nCREATE OR');
    assert.equal(judge({ sql })['silver.sales'], 'stale: its checks differ from those of run 3');
  });

  it('is judged by the first of two models', () => {
    const twice = `${text(silver)}\nCREATE TABLE silver.sales AS SELECT 1 AS x;`;
    assert.match(judge({ sql: twice })['silver.sales'] ?? '', /^fresh/);
  });

  for (const [change, files, reason] of [
    ['a new file', [landed, { path: 'sales/b.csv', bytes: 1 }], 'sales/b.csv is new'],
    ['a changed file', [{ ...landed, bytes: 11 }], 'sales/a.csv was changed'],
    ['a lost file', [], 'sales/a.csv is gone'],
  ] as const) {
    it(`is stale by ${change}, and so is what reads it`, () => {
      assert.deepEqual(judge({ landing: files }), {
        'bronze.sales': `stale: ${reason}`,
        'silver.sales': 'stale: bronze.sales has to be built again first',
      });
    });
  }

  it('takes no notice of another folder’s file', () => {
    const others = [landed, { path: 'stores.csv', bytes: 1 }];
    assert.match(judge({ landing: others })['bronze.sales'] ?? '', /^fresh/);
  });

  it('is stale when what it read was built again', () => {
    const { version, ...same } = lake['bronze.sales'];
    const rebuilt = { ...lake, 'bronze.sales': { ...same, version: { ...version, version: 2, run: 4 } } };
    assert.equal(judge({ tables: rebuilt })['silver.sales'], 'stale: bronze.sales was built again');
  });

  it('is stale when what it read was dropped and made anew', () => {
    const { version, ...same } = lake['bronze.sales'];
    const anew = { ...lake, 'bronze.sales': { ...same, version: { ...version, run: 4 } } };
    assert.equal(judge({ tables: anew })['silver.sales'], 'stale: bronze.sales was built again');
  });

  it('is stale when an earlier version of what it read was restored', () => {
    const { version, ...same } = lake['bronze.sales'];
    const restored = { ...lake, 'bronze.sales': { ...same, version: { ...version, version: 0, run: 2 } } };
    assert.equal(judge({ tables: restored })['silver.sales'], 'stale: bronze.sales is another version now');
  });

  it('tells never built from left over', () => {
    const gold = { 'gold.old': entry('gold.old', 'SELECT 1', []) };
    assert.deepEqual(judge({ tables: gold }), {
      'bronze.sales': 'never built: run its cell to build it',
      'silver.sales': 'never built: run its cell to build it',
      'gold.old': 'orphaned: no notebook builds it any more',
    });
  });

  it('does not know what is left over while a notebook can’t be read', () => {
    const gold = { 'gold.old': entry('gold.old', 'SELECT 1', []) };
    const problems = [problem('notebook.unreadable', 'It has no end.', { place: { notebook: 'a.ratnb' } })];
    const said = "unknown: whether a model builds it is unknown while a.ratnb can't be read";
    assert.equal(judge({ tables: gold, problems })['gold.old'], said);
  });

  it('takes a table for one that was renamed by its SELECT', () => {
    const old = { ...lake, 'silver.old': entry('silver.old', silver, [readsBronze]) };
    const { 'silver.sales': _, ...tables } = old;
    const renaming = { from: 'silver.old', to: 'silver.sales' };
    const found = judgeAll({ tables }).flatMap((each) =>
      each.renaming ? [[each.state, each.renaming]] : [],
    );
    assert.deepEqual(found, [
      ['orphaned', renaming],
      ['never built', renaming],
    ]);
  });

  for (const [difference, name, sql] of [
    ['another SELECT', 'silver.old', 'SELECT day FROM bronze.sales'],
    ['another layer', 'gold.old', silver],
  ] as const) {
    it(`takes none with ${difference} for it`, () => {
      const { 'silver.sales': _, ...rest } = lake;
      const found = judgeAll({ tables: { ...rest, [name]: entry(name, sql, []) } });
      assert(found.every(({ renaming }) => renaming === undefined));
    });
  }

  it('takes none for it while a notebook can’t be read', () => {
    const { 'silver.sales': _, ...rest } = lake;
    const tables = { ...rest, 'silver.old': entry('silver.old', silver, []) };
    const problems = [problem('project.no-notebooks', 'The pattern matches none.')];
    assert(judgeAll({ tables, problems }).every(({ renaming }) => renaming === undefined));
  });

  it('ends for tables that read each other', () => {
    const circle: VersionInput = { kind: 'table', name: 'silver.sales', version: 1, run: 3 };
    const tables = { 'silver.sales': entry('silver.sales', silver, [circle]) };
    assert.match(judge({ tables })['silver.sales'] ?? '', /^fresh/);
  });
});
