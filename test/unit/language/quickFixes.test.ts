import assert from 'node:assert/strict';
import { makeCatalog } from '../../../src/language/catalog.js';
import { definedModels } from '../../../src/language/definedModels.js';
import { quickFixes } from '../../../src/language/quickFixes.js';
import { cellStatements } from '../../../src/notebook/statements.js';
import { type Fix, type Problem, problem } from '../../../src/protocol/problem.js';
import type { ProblemCode } from '../../../src/protocol/problemCodes.js';
import { shop } from './shop.js';

/** A cell's text with the marked part between `⟦` and `⟧`. */
function marked(text: string) {
  const [before = '', inside = '', after = ''] = text.split(/[⟦⟧]/);
  return {
    text: before + inside + after,
    span: { start: before.length, end: before.length + inside.length },
  };
}

const here = 'notebooks/shop.ratnb';

function fixesOf(code: ProblemCode, cell: string, fix?: Fix, notebook = here) {
  const found: Problem = problem(code, 'It is wrong.', fix === undefined ? {} : { fix });
  return quickFixes({ problem: found, notebook, ...marked(cell) }, shop);
}

/** The cell's text after each fix that changes it. */
function mended(code: ProblemCode, cell: string, fix?: Fix): readonly string[] {
  const { text } = marked(cell);
  return fixesOf(code, cell, fix).flatMap((each) =>
    each.kind === 'replace' ? [text.slice(0, each.span.start) + each.text + text.slice(each.span.end)] : [],
  );
}

const replace = (...texts: readonly string[]): Fix => ({ kind: 'replace', texts });

describe('quick fixes that write', () => {
  const cases: readonly (readonly [ProblemCode, string, Fix | undefined, readonly string[]])[] = [
    ['graph.unknown-table', 'FROM ⟦silver.slaes⟧', replace('silver.sales'), ['FROM silver.sales']],
    ['graph.unknown-table', 'FROM ⟦Sales⟧ s', replace('silver.sales'), ['FROM silver.sales s']],
    ['graph.unknown-table', "FROM ⟦quarantine('gold.gg')⟧", replace('gold.g'), ["FROM quarantine('gold.g')"]],
    [
      'sql.failed',
      'SELECT ⟦amout⟧ FROM t',
      replace('amount', 'about'),
      ['SELECT amount FROM t', 'SELECT about FROM t'],
    ],
    ['sql.failed', 'SELECT ⟦s⟧.amout FROM t s', replace('amount'), ['SELECT s.amount FROM t s']],
    [
      'sql.failed',
      'SELECT ⟦s⟧.amout FROM silver.sales s',
      undefined,
      ['SELECT s.amount FROM silver.sales s'],
    ],
    [
      'sql.failed',
      'SELECT ⟦sale.amount⟧ FROM silver.sales',
      undefined,
      ['SELECT sales.amount FROM silver.sales'],
    ],
    [
      'sql.failed',
      'SELECT ⟦unitprice⟧ FROM silver.sales',
      undefined,
      ['SELECT "unit price" FROM silver.sales'],
    ],
    ['sql.failed', 'SELECT ⟦amount⟧ FROM silver.sales', undefined, []],
    ['sql.failed', "SELECT ⟦'amout'⟧ FROM silver.sales", undefined, []],
    ['model.write', 'INSERT INTO ⟦silver.sales⟧', undefined, []],
  ];
  for (const [code, cell, fix, expected] of cases) {
    it(`${code}: ${cell} → ${expected.join(', ')}`, () =>
      assert.deepEqual(mended(code, cell, fix), expected));
  }

  const declarations: Readonly<Record<string, string>> = {
    '-- @chek: x > 0\nSELECT 1': '-- @check: x > 0\nSELECT 1',
    '-- @check x > 0\nSELECT 1': '-- @check: x > 0\nSELECT 1',
    '-- @check: x > 0 | dorp\nSELECT 1': '-- @check: x > 0 | drop\nSELECT 1',
  };
  for (const [wrong, right] of Object.entries(declarations)) {
    it(wrong.split('\n')[0] ?? '', () => {
      const [found] = cellStatements(wrong).problems;
      assert(
        found?.place?.line === 1 && found.place.column !== undefined && found.place.endColumn !== undefined,
      );
      const span = { start: found.place.column - 1, end: found.place.endColumn - 1 };
      const [fix] = quickFixes({ problem: found, notebook: here, text: wrong, span }, shop);
      assert(fix?.kind === 'replace');
      assert.equal(wrong.slice(0, fix.span.start) + fix.text + wrong.slice(fix.span.end), right);
    });
  }
});

describe('quick fixes that do', () => {
  const build: Fix = { kind: 'build', model: 'Gold.daily' };
  const cases: readonly (readonly [ProblemCode, string, Fix | undefined, readonly object[]])[] = [
    [
      'graph.order',
      'FROM ⟦x⟧',
      { kind: 'move cell', cell: 5, above: 2 },
      [{ kind: 'move cell', cell: 5, above: 2 }],
    ],
    [
      'graph.never-built',
      'FROM ⟦gold.daily⟧',
      build,
      [{ kind: 'run cell', notebook: 'notebooks/shop.ratnb', cell: 4 }],
    ],
    ['graph.never-built', 'FROM ⟦gold.gone⟧', { kind: 'build', model: 'gold.gone' }, []],
    [
      'graph.never-built',
      'CREATE TABLE gold.x AS FROM ⟦gold.daily⟧',
      build,
      [{ kind: 'run cell', notebook: 'notebooks/shop.ratnb', cell: 4 }, { kind: 'run with upstream' }],
    ],
    ['run.stale-upstream', '⟦FROM silver.sales⟧', undefined, [{ kind: 'run with upstream' }]],
    [
      'landing.drift',
      '⟦FROM bronze.a⟧',
      { kind: 'accept drift', pattern: 't/*' },
      [{ kind: 'accept drift', pattern: 't/*' }],
    ],
    ['workspace.untrusted', '⟦SELECT 1⟧', undefined, [{ kind: 'trust' }]],
  ];
  for (const [code, cell, fix, expected] of cases) {
    it(`${code}: ${cell}`, () => {
      const found = fixesOf(code, cell, fix).map(({ title, ...rest }) => {
        assert(title.length > 10);
        return rest;
      });
      assert.deepEqual(found, expected);
    });
  }

  it('goes to the first of two models of one table', () => {
    const cells = ['CREATE TABLE gold.a AS SELECT 1 AS x', 'CREATE VIEW gold.A AS SELECT 2 AS x'];
    const models = definedModels({ path: here, cells: cells.map((text) => ({ kind: 'code', text })) });
    const found = {
      problem: problem('graph.never-built', 'It was.', { fix: { kind: 'build', model: 'gold.a' } }),
    };
    const [fix] = quickFixes(
      { ...found, notebook: here, ...marked('FROM ⟦gold.a⟧') },
      makeCatalog({}, models),
    );
    assert(fix?.kind === 'run cell');
    assert.equal(fix.cell, 1);
  });

  it('shows a cell of another notebook', () => {
    const [found] = fixesOf('graph.never-built', 'FROM ⟦gold.daily⟧', build, 'notebooks/other.ratnb');
    assert.equal(found?.title, 'Go to the cell that builds gold.daily (notebooks/shop.ratnb)');
  });
});
