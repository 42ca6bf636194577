import assert from 'node:assert/strict';
import {
  isLakeName,
  lakeKey,
  lakeNameFault,
  parseLakeTable,
  quoteIdentifier,
  quoteLiteral,
  unquoteIdentifier,
} from '../../../src/sql/names.js';

describe('names', () => {
  it('takes letters, digits and underscores', () => {
    for (const name of ['a', '_x9', 'Sales', 'a'.repeat(63), 'console', 'com', 'com10'])
      assert.ok(isLakeName(name), name);
  });

  it('refuses what is no file name everywhere', () => {
    for (const name of ['', '9a', 'a b', 'ä', 'a.b', 'a'.repeat(64), 'con', 'NUL', 'Com1', 'lpt9', '../a']) {
      assert.ok(!isLakeName(name), name);
      assert.ok(lakeNameFault(name), name);
    }
  });

  it('reads a table of the lake', () => {
    assert.deepEqual(parseLakeTable('SILVER.Sales'), { layer: 'silver', name: 'Sales' });
    for (const text of ['sales', 'landing.sales', 'a.silver.b', 'silver.', 'gold.con'])
      assert.equal(parseLakeTable(text), undefined);
  });

  it('compares names without case', () => {
    assert.equal(lakeKey({ layer: 'silver', name: 'Sales' }), 'silver.sales');
  });

  it('quotes and unquotes', () => {
    assert.equal(quoteIdentifier('a"b'), '"a""b"');
    assert.equal(quoteLiteral("it's"), "'it''s'");
    assert.equal(unquoteIdentifier('"a""b"'), 'a"b');
  });
});
