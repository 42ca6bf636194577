import assert from 'node:assert/strict';
import type { Fingerprint, VersionInput } from '../../../src/lake/manifest.js';
import { fingerprintOf } from '../../../src/pipeline/fingerprint.js';
import { type Notebooks, projectGraph } from '../../support/projectGraph.js';

const base = {
  macro: 'CREATE MACRO twice(x) AS 2 * x',
  model: `-- @description: all of them
-- @owner: Ann
-- @tag: daily
-- @column: x  the double
-- @check: x > 0 | drop
CREATE OR REPLACE TABLE silver.t AS
SELECT twice(a) AS x, 'a  b' AS y FROM bronze.a`,
};
const reads = { kind: 'table', name: 'bronze.a', version: 1, run: 1 } as const;
const landed = (file: {
  readonly path?: string;
  readonly sha256?: string;
  readonly bytes?: number;
}): VersionInput => ({
  kind: 'landing',
  pattern: '*.csv',
  files: [{ path: 'a.csv', sha256: '1', bytes: 1, records: 1, ...file }],
});

async function print(
  { macro = base.macro, model = base.model, ...more }: Partial<typeof base> & { readonly others?: Notebooks },
  context: {
    readonly inputs?: readonly VersionInput[];
    readonly contracts?: readonly string[];
    readonly timeZone?: string;
    readonly engineVersion?: string;
  } = {},
): Promise<Fingerprint> {
  const { graph } = await projectGraph({
    a: ['CREATE TABLE bronze.a AS SELECT 1 AS a', macro, model],
    ...more.others,
  });
  const node = graph.nodes.get('silver.t') ?? assert.fail();
  return fingerprintOf(node, {
    engineVersion: 'DuckDB 1',
    timeZone: 'UTC',
    inputs: [reads],
    contracts: [],
    ...context,
  });
}

/** The parts in which two fingerprints differ. */
async function changes(...change: Parameters<typeof print>): Promise<readonly string[]> {
  const before = await print({}, { inputs: [reads] });
  const after = await print(...change);
  return (Object.keys(before) as (keyof Fingerprint)[]).filter((part) => before[part] !== after[part]);
}

const edited = (from: string, to: string): { readonly model: string } => {
  assert(base.model.includes(from), from);
  return { model: base.model.replace(from, to) };
};

const edits: Readonly<Record<string, readonly [Parameters<typeof print>[0], readonly string[]]>> = {
  'a comment': [edited('SELECT', '-- doubled\nSELECT /* all */'), []],
  'blanks and line ends': [edited('SELECT twice(a) AS x', 'SELECT\r\n   twice(a)\tAS x'), []],
  'a semicolon': [edited('FROM bronze.a', 'FROM bronze.a;'), []],
  'the form CREATE without OR REPLACE': [edited('CREATE OR REPLACE', 'CREATE'), []],
  'a description': [edited('all of them', 'some'), []],
  'an owner, a tag, a column': [
    edited('-- @owner: Ann\n-- @tag: daily\n-- @column: x  the double\n', ''),
    [],
  ],
  'a blank within a string': [edited("'a  b'", "'a b'"), ['sql']],
  'a name’s case': [edited('AS x', 'AS X'), ['sql']],
  'the SELECT': [edited('twice(a)', 'twice(a) + 1'), ['sql']],
  'a table to a view': [{ model: 'CREATE VIEW silver.t AS SELECT 1 AS x' }, ['sql', 'session', 'checks']],
  'a macro it uses': [{ macro: 'CREATE MACRO twice(x) AS x * 2' }, ['session']],
  'a comment in a macro': [{ macro: 'CREATE MACRO twice(x) AS /* times two */ 2 * x' }, []],
  'a macro it does not use': [{ macro: `${base.macro}; CREATE MACRO thrice(x) AS 3 * x` }, []],
  'a setting': [{ macro: `${base.macro}; SET default_null_order = 'nulls_first'` }, ['session']],
  'a shared setting': [{ others: { _session: ["SET default_null_order = 'nulls_first'"] } }, ['session']],
  'a check': [edited('x > 0', 'x > 1'), ['checks']],
  'a check’s action': [edited('| drop', '| warn'), ['checks']],
  'a check’s blanks': [edited('x > 0', 'x  >  0'), []],
  'one more check': [edited('-- @owner: Ann', '-- @check: not_null(x)'), ['checks']],
};

const contexts: Readonly<
  Record<string, readonly [NonNullable<Parameters<typeof print>[1]>, readonly string[]]>
> = {
  'a table’s version': [{ inputs: [{ ...reads, version: 2 }] }, ['inputs']],
  'a version of another run': [{ inputs: [{ ...reads, run: 2 }] }, ['inputs']],
  'a table’s spelling': [{ inputs: [{ ...reads, name: 'Bronze.A' }] }, []],
  'one more input': [{ inputs: [reads, { kind: 'file', path: 'r.csv', sha256: '1' }] }, ['inputs']],
  'a contract': [{ contracts: ['1'] }, ['contracts']],
  'the time zone': [{ timeZone: 'Europe/Berlin' }, ['engine']],
  'the engine': [{ engineVersion: 'DuckDB 2' }, ['engine']],
};

describe('a fingerprint', () => {
  for (const [what, [change, expected]] of Object.entries(edits)) {
    it(`${expected.length === 0 ? 'does not see' : 'sees'} ${what}`, async () =>
      assert.deepEqual(await changes(change), expected));
  }

  for (const [what, [context, expected]] of Object.entries(contexts)) {
    it(`${expected.length === 0 ? 'does not see' : 'sees'} ${what}`, async () =>
      assert.deepEqual(await changes({}, { inputs: [reads], ...context }), expected));
  }

  it('sees a landing file’s name and content, not its time', async () => {
    const prints = await Promise.all(
      [{}, { bytes: 2 }, { sha256: '2' }, { path: 'b.csv' }].map((file) =>
        print({}, { inputs: [landed(file)] }),
      ),
    );
    const [same, grown, changed, renamed] = prints.map(({ inputs }) => inputs);
    assert.equal(same, grown);
    assert.equal(new Set([same, changed, renamed]).size, 3);
  });
});
