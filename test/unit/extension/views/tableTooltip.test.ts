import assert from 'node:assert/strict';
import type { DataTable } from '../../../../src/extension/views/projectData.js';
import { tableTooltip } from '../../../../src/extension/views/tableTooltip.js';

const table: DataTable = {
  name: 'gold.daily_sales',
  layer: 'gold',
  table: 'daily_sales',
  form: 'table',
  state: 'stale',
  reason: 'bronze.sales was built again',
  rows: 1200,
  hasEarlier: false,
  columns: [{ name: 'day', type: 'DATE' }],
  notebook: 'notebooks/a.ratnb',
};

describe('what is said of a table under the mouse', () => {
  it('is its name, its size and how it stands', () => {
    assert.deepEqual(tableTooltip(table).split('\n\n'), [
      '**gold.daily\\_sales**',
      '1,200 rows, 1 columns. Out of date: bronze.sales was built again.',
      'notebooks/a.ratnb',
    ]);
  });

  for (const key of ['name', 'description', 'reason', 'notebook'] as const) {
    it(`takes no markup of a ${key}`, () => {
      const text = tableTooltip({
        ...table,
        [key]: 'x\n\n![](https://example.org/x.png) [y](command:z) <img>',
      });
      assert.doesNotMatch(text, /!\[|(?<!\\)\]\(|(?<!\\)</);
    });
  }
});
