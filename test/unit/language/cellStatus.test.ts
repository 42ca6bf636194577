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
      '$(pass) silver.t: fresh → reveal file',
      ...history,
    ],
    [`${check}CREATE TABLE silver.t AS SELECT a + 1 FROM bronze.b`]: [
      '$(circle-large-filled) silver.t: its SQL differs from that of run 41 → run',
      ...history,
    ],
    [`${check}CREATE VIEW silver.t AS SELECT a FROM bronze.b`]: [
      '$(circle-large-filled) silver.t: its SQL differs from that of run 41 → run',
      ...history,
    ],
    'CREATE TABLE silver.t AS SELECT a FROM bronze.b': [
      '$(circle-large-filled) silver.t: its checks differ from those of run 41 → run',
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
      ['$(circle-large-outline) gold.x: never built → run'],
    ));

  it('says what changed above it', () => {
    const standing = { state: 'stale', reason: 'bronze.b was built again' } as const;
    assert.deepEqual(facts(`${check}CREATE TABLE silver.t AS SELECT a FROM bronze.b`, current, standing), [
      '$(circle-large-filled) silver.t: bronze.b was built again → run',
      ...history,
    ]);
  });

  it('tells no rows of a view', () => {
    const view = { ...current, form: 'view' as const, version: { ...current.version, checks: [] } };
    assert.deepEqual(facts('CREATE VIEW silver.t AS SELECT a FROM bronze.b', view), [
      '$(pass) silver.t: fresh',
      'built 12 Mar 2026, 14:03',
    ]);
  });
});
