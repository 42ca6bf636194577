import assert from 'node:assert/strict';
import type { QualityReport } from '../../src/protocol/quality.js';
import { PanelPage } from './panelPage.js';
import { emptyReport, wholeReport } from './qualityReport.js';
import { themes } from './themes.js';

describe('the page of data quality in a browser', () => {
  let panel: PanelPage;
  before(async () => {
    panel = await PanelPage.open('quality.js');
  });
  after(() => panel.close());
  afterEach(async () => assert.deepEqual(await panel.complaints(), []));

  const show = (report: QualityReport) => panel.tell({ kind: 'show', report });
  const table = (name: string) => panel.page.locator(`details[data-table="${name}"]`);
  const press = (name: string) => panel.page.getByRole('button', { name, exact: true }).first().click();

  it('opens the tables that have a finding', async () => {
    await show(wholeReport);
    const states = await panel.page
      .locator('.table')
      .evaluateAll((all) => all.map((each) => [each.getAttribute('data-table'), each.hasAttribute('open')]));
    assert.deepEqual(Object.fromEntries(states), {
      'bronze.returns': true,
      'bronze.sales': true,
      'silver.sales': true,
      'silver.stores': false,
      'gold.daily_sales': true,
    });
    assert.match(
      (await panel.page.locator('main > p').textContent()) ?? '',
      /2 tables failed, 2 tables to look at, 1 of 5/,
    );
  });

  it('tells each check with its trend in words and numbers', async () => {
    await show(wholeReport);
    const row = table('silver.sales').getByRole('row', { name: 'quantity <> 0' });
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), [
      'drops rows',
      '21',
      '↓\n4, 9, 40, 24, 21',
    ]);
    await row.getByRole('img', { name: 'fewer than before' }).waitFor();
    assert.equal(await row.locator('rect').count(), 5);
  });

  it('draws no bar for a run that does not know', async () => {
    await show(wholeReport);
    const row = table('silver.sales').getByRole('row', { name: 'not_null(product_id)' });
    assert.equal(await row.locator('rect').count(), 3);
    assert.match((await row.textContent()) ?? '', /–, –, 8, 8, 8/);
  });

  it('leads to rows that were set apart', async () => {
    await show(wholeReport);
    await press('12');
    await press('29');
    await press('See the 4 records');
    assert.deepEqual(await panel.messages(), [
      { kind: 'show rows', table: 'bronze.sales', rows: 'rejected' },
      { kind: 'show rows', table: 'silver.sales', rows: 'quarantined' },
      { kind: 'show rows', table: 'bronze.returns', rows: 'rejected', run: 35 },
    ]);
  });

  it('unfolds the first rows that break a check, as text', async () => {
    await show(wholeReport);
    await panel.page.getByText('Rows that break not_null(cashier)').click();
    const sample = table('silver.sales').locator('.rows');
    await sample.getByText('<b>T247</b>').waitFor();
    assert.deepEqual(await sample.locator('th .name').allInnerTexts(), [
      'cashier',
      '_file',
      '_row',
      'receipt_id',
    ]);
    assert.match((await sample.locator('caption').textContent()) ?? '', /The first 2 of 22 rows/);
  });

  it('keeps what a person folded when a newer report comes', async () => {
    await show(wholeReport);
    await table('silver.sales').locator('h2').click();
    await table('silver.stores').locator('h2').click();
    await show(wholeReport);
    assert.equal(await table('silver.sales').getAttribute('open'), null);
    assert.equal(await table('silver.stores').getAttribute('open'), '');
    for (const name of ['silver.sales', 'silver.stores']) await table(name).locator('h2').click();
  });

  it('goes to the cell of a table', async () => {
    await show(wholeReport);
    await table('gold.daily_sales').getByRole('button', { name: 'Go to its cell' }).click();
    assert.deepEqual(await panel.messages(), [{ kind: 'go to cell', table: 'gold.daily_sales' }]);
  });

  it('says before the first run what to do', async () => {
    await show(emptyReport);
    await press('Run Pipeline');
    assert.deepEqual(await panel.messages(), [{ kind: 'run pipeline' }]);
  });

  for (const theme of themes) {
    it(`has no barrier in ${theme}`, async () => {
      await panel.use(theme);
      await show(wholeReport);
      for (const summary of await panel.page.locator('.sample:not([open]) > summary').all())
        await summary.click();
      assert.deepEqual(await panel.barriers(), []);
      await panel.picture(`quality-${theme}`);
      await show(emptyReport);
      assert.deepEqual(await panel.barriers(), []);
      await panel.picture(`quality-empty-${theme}`);
    });
  }
});

describe('the preview’s page in a browser', () => {
  let panel: PanelPage;
  before(async () => {
    panel = await PanelPage.open('preview.js');
  });
  after(() => panel.close());

  it('opens the place that a row came from', async () => {
    const columns = ['_file', 'line'].map((name) => ({ name, type: 'VARCHAR' }));
    const rows = [
      ['a.csv', 3],
      ['a.csv', null],
      ['a.csv', 7],
    ];
    const block = { kind: 'table', columns, rows, total: 3, elapsedMs: 0 };
    await panel.tell({
      kind: 'show',
      content: { title: 'Rejected', facts: [], table: block, originColumn: 1, actions: [] },
    });
    const links = panel.page.getByRole('button');
    assert.deepEqual(await links.allInnerTexts(), ['3', '7']);
    await links.nth(1).click();
    assert.deepEqual(await panel.messages(), [{ kind: 'open origin', row: 2 }]);
    assert.deepEqual(await panel.barriers(), []);
    assert.deepEqual(await panel.complaints(), []);
  });
});
