import assert from 'node:assert/strict';
import fc from 'fast-check';
import { incomingNames, tableNameFrom } from '../../../../src/ingest/incoming/names.js';
import { isSkippedName } from '../../../../src/ingest/landingFiles.js';
import { matchesPattern, parsePattern } from '../../../../src/ingest/pattern.js';
import { isLakeName } from '../../../../src/sql/names.js';
import { problemOf } from '../landingFixture.js';

describe('the names of an incoming file', () => {
  for (const [file, expected] of [
    ['/x/orders.csv', 'orders orders/orders.csv orders/*.csv'],
    [
      '/x/Orders 2026 (final).CSV',
      'orders_2026_final orders_2026_final/Orders 2026 (final).csv orders_2026_final/*.csv',
    ],
    ['/x/Köln Straße.tsv', 'koln_strasse koln_strasse/Köln Straße.tsv koln_strasse/*.tsv'],
    ['/x/2026.csv.gz', 'data_2026 data_2026/2026.csv.gz data_2026/*.csv.gz'],
    ['/x/con.txt', 'data_con data_con/con.txt data_con/*.txt'],
    ['/x/_~draft.csv', 'draft draft/draft.csv draft/*.csv'],
  ] as const) {
    it(`are right for ${file}`, () => {
      const { table, landingPath, pattern } = incomingNames(file);
      assert.equal([table, landingPath, pattern].join(' '), expected);
    });
  }

  it('follow the wish of the person', () => {
    const { table, landingPath } = incomingNames('/x/export.csv', 'My Orders');
    assert.deepEqual([table, landingPath], ['my_orders', 'my_orders/export.csv']);
  });

  it('are refused where nothing is left of them', async () => {
    assert.equal((await problemOf(() => incomingNames('/x/订单.csv'))).code, 'data.name');
    assert.equal(incomingNames('/x/订单.csv', 'orders').landingPath, 'orders/订单.csv');
  });

  it('are names of the lake, and their pattern finds the file', () => {
    const stems = fc.string({ unit: 'binary', maxLength: 90 }).map((text) => text.replaceAll(/[/\\]/g, ''));
    fc.assert(
      fc.property(stems, (stem) => {
        if (tableNameFrom(stem) === undefined) return;
        const { table, landingPath, pattern } = incomingNames(`/x/${stem}.csv`);
        const [, fileName = ''] = landingPath.split('/');
        assert(isLakeName(table) && !isSkippedName(fileName), landingPath);
        assert(matchesPattern(parsePattern(pattern), landingPath), landingPath);
      }),
    );
  });
});
