import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EngineSession } from '../../../src/engine/engine.js';
import type { Manifest } from '../../../src/lake/manifest.js';
import { droppingOf } from '../../../src/pipeline/dropping.js';
import { judgeChecks } from '../../../src/pipeline/judgeChecks.js';
import { equationOf, needsCounts, shapeOf } from '../../../src/pipeline/reconcile.js';
import { describeEquation } from '../../../src/protocol/wording.js';
import { projectGraph } from '../../support/projectGraph.js';
import { sharedEngine } from '../../support/sharedEngine.js';

type Row = readonly [a: number | null, b: string | null];

const known = [1, 3, null];

/** Rules as written, and whether a row breaks them by the semantics of SQL's CHECK. */
const rules: Readonly<Record<string, ((row: Row) => boolean) | 'unique'>> = {
  'a > 2': ([a]) => a !== null && !(a > 2),
  "a > 0 OR b = 'x'": ([a, b]) => a !== null && a <= 0 && b !== null && b !== 'x',
  "NOT (a = 1 AND b = 'it''s')": ([a, b]) => a === 1 && b === "it's",
  'not_null(a, b)': ([a, b]) => a === null || b === null,
  "accepted(b, 'x', 'it''s')": ([, b]) => b !== null && b !== 'x' && b !== "it's",
  'references(a, silver.known.id)': ([a]) => a !== null && !known.includes(a),
  'unique(a)': 'unique',
};

/** Ways to give the rows of the source, and which of them remain. */
const shapes: Readonly<Record<string, (rows: readonly Row[]) => readonly Row[]>> = {
  'SELECT a, b FROM silver.source AS s': (rows) => rows,
  'SELECT a, b FROM silver.source ORDER BY a, b': (rows) => rows,
  'SELECT a, b FROM silver.source WHERE a <> 2': (rows) => rows.filter(([a]) => a !== null && a !== 2),
  'SELECT DISTINCT a, b FROM silver.source': (rows) => distinct(rows),
  'WITH w AS (SELECT a, b FROM silver.source WHERE a <> 2) SELECT DISTINCT * FROM w ORDER BY ALL': (rows) =>
    distinct(rows.filter(([a]) => a !== null && a !== 2)),
  'FROM (SELECT a, b FROM silver.source QUALIFY rank() OVER (PARTITION BY a, b ORDER BY _row) = 1)': (rows) =>
    distinct(rows),
};

function distinct(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function failuresOf(rule: string, rows: readonly Row[]): number {
  const broken = rules[rule] ?? assert.fail();
  if (broken !== 'unique') return rows.filter(broken).length;
  const there = rows.flatMap(([a]) => a ?? []);
  return there.length - new Set(there).size;
}

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

const rowArbitrary = fc.tuple(
  fc.option(fc.integer({ min: -1, max: 4 }), { nil: null }),
  fc.option(fc.constantFrom('x', "it's", 'z', ''), { nil: null }),
);
const checkArbitrary = fc
  .tuple(fc.constantFrom(...Object.keys(rules)), fc.constantFrom('warn', 'drop', 'fail'))
  .map(([rule, action]) => ({ rule, action: rule === 'unique(a)' && action === 'drop' ? 'warn' : action }));

describe('rows of random tables under random rules', () => {
  it('are kept, quarantined, counted and shown as a plain judge says', async () => {
    const session = await (await sharedEngine()).openSession();
    await session.defineView('silver', 'known', `SELECT unnest([1, 3, NULL]) AS id`);
    const property = fc.asyncProperty(
      fc.array(rowArbitrary, { maxLength: 40 }),
      fc.uniqueArray(checkArbitrary, { maxLength: 6, selector: ({ rule, action }) => `${rule} ${action}` }),
      fc.constantFrom(...Object.keys(shapes)),
      (rows, checks, select) => agrees(session, rows, checks, select),
    );
    await fc.assert(property, { numRuns: process.env.RATATOUILLE_DEEP === '1' ? 2000 : 60 });
    await session.close();
  });
});

async function agrees(
  session: EngineSession,
  rows: readonly Row[],
  checks: readonly { readonly rule: string; readonly action: string }[],
  select: string,
): Promise<void> {
  const { written, judged, equation, quarantined, kept } = await built(session, rows, checks, select);
  const given = shapes[select]?.(rows) ?? assert.fail();
  const dropping = checks.filter(({ action }) => action === 'drop').map(({ rule }) => rule);
  const brokenBy = (row: Row) => dropping.filter((rule) => failuresOf(rule, [row]) > 0);
  const stay = given.filter((row) => brokenBy(row).length === 0);
  const go = given.filter((row) => brokenBy(row).length > 0);
  assert.deepEqual(sorted(kept), sorted(stay));
  assert.deepEqual(sorted(quarantined), sorted(go.map((row) => [...row, brokenBy(row)])));
  for (const [index, { rule, action }] of checks.entries()) {
    const failures = failuresOf(rule, action === 'drop' ? given : stay);
    assert.equal(judged.results[index]?.failures, failures, rule);
    const shown = action === 'drop' || rule === 'unique(a)' ? [] : (judged.failing.get(rule)?.rows ?? []);
    assert(
      shown.every((row) => failuresOf(rule, [row as unknown as Row]) === 1),
      rule,
    );
    if (action !== 'drop' && rule !== 'unique(a)') assert.equal(shown.length, Math.min(10, failures), rule);
  }
  assert.equal(written.kept.rows + (written.dropped?.rows ?? 0), given.length);
  assert.equal(equation.holds, equation.unknown === undefined ? true : undefined, describeEquation(equation));
  assert.equal(equation.unknown, undefined);
}

/** Writes and judges a model over these rows as a build does. */
async function built(
  session: EngineSession,
  rows: readonly Row[],
  checks: readonly { readonly rule: string; readonly action: string }[],
  select: string,
) {
  const directory = mkdtempSync(join(tmpdir(), 'ratatouille quarantine '));
  try {
    const values = rows.map(
      ([a, b], index) => `(${a}, ${b === null ? null : `'${b.replaceAll("'", "''")}'`}, ${index})`,
    );
    const list = ['(NULL::INTEGER, NULL::VARCHAR, -1)', ...values].join(', ');
    await session.execute(
      `COPY (SELECT * FROM (VALUES ${list}) v(a, b, _row) WHERE _row >= 0) TO '${join(directory, 'source.parquet')}'`,
    );
    await session.defineView('silver', 'source', `FROM read_parquet('${join(directory, 'source.parquet')}')`);
    const declared = checks.map(({ rule, action }) => `-- @check: ${rule} | ${action}\n`).join('');
    const { graph } = await projectGraph(
      { a: [`${declared}CREATE TABLE silver.t AS\n${select}`] },
      { published: ['silver.source', 'silver.known'] },
    );
    const node = graph.nodes.get('silver.t') ?? assert.fail();
    const columns = await session.describe('FROM silver.source');
    const entry = { name: 'silver.source', form: 'table', version: { rows: rows.length, columns } };
    const manifest = { tables: { 'silver.source': entry } } as unknown as Manifest;
    const drop = await droppingOf(node, manifest, () => session.describe(node.model.select));
    const written = await session.writeParquet({
      select: node.model.select,
      directory: mkdtempSync(join(directory, 'written')),
      count: needsCounts(shapeOf(node)),
      ...(drop && { drop }),
    });
    const scope = { model: node.model.key, runStartedAt: new Date() };
    const files = { kept: written.kept.path, dropped: written.dropped };
    const read = async (file: string | undefined, what: string) =>
      file === undefined ? [] : (await session.rows(`SELECT ${what} FROM read_parquet('${file}')`)).rows;
    return {
      written,
      judged: await judgeChecks(session, node.model.checks, files, scope, {}),
      equation: equationOf(node, written, { manifest, landing: new Map() }),
      kept: await read(written.kept.path, 'a, b'),
      quarantined: await read(written.dropped?.path, 'a, b, _failed'),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
