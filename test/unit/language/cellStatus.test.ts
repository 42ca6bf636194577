import assert from 'node:assert/strict';
import { describeCellModel, type Standing } from '../../../src/language/cellStatus.js';
import { modelsOfCell } from '../../../src/language/definedModels.js';
import { published } from './shop.js';

const fresh = { state: 'fresh', reason: 'up to date since run 41' } as const;
const current = published(
  'silver.t',
  { a: 'INTEGER' },
  { sql: 'SELECT a FROM bronze.b', checks: [{ check: 'a > 0', action: 'drop' }] },
);

/** The facts below a cell, each with what a click does. */
function facts(cell: string, entry: typeof current | null = current, standing: Standing = fresh) {
  return modelsOfCell(cell).flatMap((model) =>
    describeCellModel(model, entry ?? undefined, standing, 'UTC').map(({ text, action }) =>
      [text, action].filter(Boolean).join(' → '),
    ),
  );
}

const check = '-- @check: a > 0 | drop\n';
const history = ['1,234 rows', 'built 12 Mar 2026, 14:03'];

describe('what is said below a model', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    [`${check}CREATE TABLE silver.t AS SELECT a  FROM bronze.b -- more`]: [
      '$(pass) fresh · silver.t → reveal file',
      ...history,
    ],
    [`${check}CREATE TABLE silver.t AS SELECT a + 1 FROM bronze.b`]: [
      '$(circle-large-filled) stale: its SQL differs from that of run 41 · silver.t → run',
      ...history,
    ],
    [`${check}CREATE VIEW silver.t AS SELECT a FROM bronze.b`]: [
      '$(circle-large-filled) stale: its SQL differs from that of run 41 · silver.t → run',
      ...history,
    ],
    'CREATE TABLE silver.t AS SELECT a FROM bronze.b': [
      '$(circle-large-filled) stale: its checks differ from those of run 41 · silver.t → run',
      ...history,
    ],
    'SELECT 1': [],
  };
  for (const [cell, expected] of Object.entries(cases)) {
    it(cell.replaceAll('\n', ' '), () => assert.deepEqual(facts(cell), expected));
  }

  it('says that it was never built', () =>
    assert.deepEqual(
      facts('CREATE TABLE gold.x AS SELECT 1 AS a', null, { state: 'never built', reason: '' }),
      ['$(circle-large-outline) never built · gold.x → run'],
    ));

  it('offers the versions of the table that it seems to have been', () => {
    const renaming = { from: 'gold.w', to: 'gold.x' };
    const standing = { state: 'never built', reason: '', renaming } as const;
    assert.deepEqual(facts('CREATE TABLE gold.x AS SELECT 1 AS a', null, standing), [
      '$(circle-large-outline) never built · gold.x → run',
      '$(history) keep the versions of gold.w → keep versions',
    ]);
  });

  it('shortens one in its reason too', () => {
    const standing = {
      state: 'stale',
      reason: `${'bronze.customers_who_returned_'.repeat(2)} was built again`,
    } as const;
    const [first] = facts(`${check}CREATE TABLE silver.t AS SELECT a FROM bronze.b`, current, standing);
    assert.equal(
      first,
      '$(circle-large-filled) stale: bronze.customers_w…returned_ was built again · silver.t → run',
    );
  });

  it('shortens a name that would push the rest out', () => {
    const name = `silver.${'customers_who_returned_'.repeat(2)}twice`;
    assert.deepEqual(
      facts(`CREATE TABLE ${name} AS SELECT 1 AS a`, null, { state: 'never built', reason: '' }),
      ['$(circle-large-outline) never built · silver.customers_w…ned_twice → run'],
    );
  });

  it('says what changed above it', () => {
    const standing = { state: 'stale', reason: 'bronze.b was built again' } as const;
    assert.deepEqual(facts(`${check}CREATE TABLE silver.t AS SELECT a FROM bronze.b`, current, standing), [
      '$(circle-large-filled) stale: bronze.b was built again · silver.t → run',
      ...history,
    ]);
  });

  it('tells no rows of a view', () => {
    const view = { ...current, form: 'view' as const, version: { ...current.version, checks: [] } };
    assert.deepEqual(facts('CREATE VIEW silver.t AS SELECT a FROM bronze.b', view), [
      '$(pass) fresh · silver.t',
      'built 12 Mar 2026, 14:03',
    ]);
  });
});
