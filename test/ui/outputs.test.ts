import assert from 'node:assert/strict';
import type { ResultBlock } from '../../src/protocol/result.js';
import {
  accountedModel,
  currentModel,
  emptyTable,
  neverBuilt,
  salesModel,
  staleModel,
  storeChart,
  storeTable,
  untrusted,
  warnedModel,
  wildTable,
  wrongName,
} from './blocks.js';
import { OutputPage } from './outputPage.js';
import { themes } from './themes.js';

describe('outputs in a browser', () => {
  let output: OutputPage;
  before(async () => {
    output = await OutputPage.open();
  });
  after(() => output.close());
  afterEach(async () => {
    assert.deepEqual(await output.complaints(), []);
  });

  const text = (selector: string) => output.page.locator(selector).allInnerTexts();
  const press = (name: string) => output.page.getByRole('button', { name }).click();

  describe('tables', () => {
    it('have names, types, a caption and NULL', async () => {
      await output.show([storeTable]);
      const headers = await output.page.getByRole('columnheader').allInnerTexts();
      assert.deepEqual(
        headers.map((each) => each.split('\n')),
        [
          ['store', 'VARCHAR'],
          ['day', 'DATE'],
          ['revenue', 'DECIMAL(18,2)'],
        ],
      );
      assert.equal(
        await output.page.locator('caption').textContent(),
        'Showing 4 of 1,234 rows\u00a0· 14 ms',
      );
      assert.deepEqual(await text('td.null'), ['NULL']);
    });

    it('scroll inside when they are wide', async () => {
      await output.show([wildTable]);
      const [page, region] = await output.page.evaluate<readonly number[]>(
        '[document.documentElement.scrollWidth, editorRegion().scrollWidth]'.replace(
          'editorRegion()',
          "document.querySelector('main > div').shadowRoot.querySelector('.scroll')",
        ),
      );
      assert((page ?? 0) <= 1000 && (region ?? 0) > 1000, `${page}, ${region}`);
    });

    it('cut a long value and keep its lines together', async () => {
      await output.show([wildTable]);
      const cell = output.page.locator('tbody td').first();
      assert.match((await cell.textContent()) ?? '', /^first↵second⇥third x+…$/);
      assert.equal((await cell.textContent())?.length, 200);
      assert.equal((await cell.getAttribute('title'))?.length, 2000);
      assert.deepEqual(await output.page.locator('tbody td').nth(41).allTextContents(), ['[1,null,3]']);
    });

    it('keep their columns without rows', async () => {
      await output.show([emptyTable]);
      assert.equal(await output.page.getByRole('columnheader').count(), 3);
      assert.deepEqual(await text('tbody'), ['There are no rows.']);
      assert.deepEqual(await text('caption'), ['Showing 0 of 0 rows\u00a0· 14 ms']);
    });
  });

  describe('models', () => {
    it('say what came in and what went out', async () => {
      await output.show([salesModel, storeTable]);
      assert.deepEqual(await text('.heading'), ['silver.sales\nbuilt']);
      assert.deepEqual(await text('.facts li'), [
        '2,345 rows in → 2,308 rows out',
        '37 rows dropped',
        'its SQL changed',
        'version 3, made by run 41',
        'data/silver/sales.parquet',
        '84 ms',
      ]);
      assert.deepEqual(await text('.meaning'), ['Silver: cleaned and checked, each row once.']);
      assert.equal(await output.page.getByRole('table').count(), 1);
    });

    it('add up where their rows went', async () => {
      await output.show([accountedModel]);
      assert.deepEqual((await text('.facts li')).slice(0, 4), [
        '2,412 in = 2,308 out + 37 quarantined + 67 filtered',
        '3 rejected',
        '37 rows dropped',
        '23 warned',
      ]);
    });

    it('say why their rows can not be added up', async () => {
      const equation = { out: 2308, quarantined: 0, unknown: 'joins can multiply rows' };
      await output.show([{ ...salesModel, equation }]);
      const [flow] = await text('.facts li');
      assert.equal(flow, '2,345 rows in → 2,308 rows out (joins can multiply rows)');
    });

    it('unfold the records that were rejected', async () => {
      await output.show([accountedModel]);
      await press('3 rejected');
      const [message] = await output.messages();
      assert(message?.kind === 'show rows');
      assert.deepEqual([message.rows, message.model], ['rejected', 'silver.sales']);
      await output.tell({ kind: 'rows', request: message.request, table: storeTable });
      await output.page.locator('.folded:not([hidden])').getByRole('table').waitFor();
      assert.match((await text('.folded:not([hidden]) .meaning')).join(), /do not fit the contract/);
    });

    it('unfold the rows of which checks warn, which are at hand', async () => {
      await output.show([accountedModel], { hears: false });
      assert.equal(await output.page.getByRole('table').count(), 0);
      await press('23 warned');
      const told = ['22 rows break not_null(cashier)', 'sum(quantity) > 0 does not hold'];
      assert.deepEqual(await text('.folded:not([hidden]) .meaning'), told);
      assert.deepEqual(await text('tbody tr >> nth=0 >> td'), ['NULL', '<b>T247</b>']);
      assert.deepEqual(await text('caption'), ['The first 2 of 22 rows']);
      await press('23 warned');
      assert.equal(await output.page.getByRole('table').count(), 0);
    });

    it('unfold the rows that were dropped', async () => {
      await output.show([salesModel]);
      await press('37 rows dropped');
      assert.deepEqual(await text('.folded:not([hidden])'), ['Fetching the rows…']);
      const [message] = await output.messages();
      assert(message?.kind === 'show rows');
      assert.deepEqual([message.cell, message.model], ['the cell', 'silver.sales']);
      await output.tell({ kind: 'rows', request: message.request, table: storeTable });
      await output.page.locator('.folded:not([hidden])').getByRole('table').waitFor();
      await press('37 rows dropped');
      assert.equal(await output.page.locator('.folded:not([hidden])').isVisible(), false);
      await press('37 rows dropped');
      assert.equal((await output.messages()).length, 1);
    });

    it('say why dropped rows can’t be had, and ask again', async () => {
      await output.show([salesModel]);
      await press('37 rows dropped');
      const [message] = await output.messages();
      assert(message?.kind === 'show rows');
      await output.tell({ kind: 'refused', request: message.request, problem: wrongName.problem });
      await output.page.getByText('There is no column stroe.').waitFor();
      await press('37 rows dropped');
      await press('37 rows dropped');
      assert.equal((await output.messages()).length, 2);
    });

    it('unfold the first rows that their checks warn of', async () => {
      await output.show([warnedModel]);
      assert.match((await text('.facts')).join(), /22 warned/);
      await press('22 warned');
      const warned = output.page.locator('.folded:not([hidden])');
      assert.deepEqual(await warned.locator('p').allInnerTexts(), ['22 rows break not_null(cashier)']);
      assert.deepEqual(await warned.locator('th .name').allInnerTexts(), ['cashier', '_file', 'receipt']);
      assert.equal(await warned.locator('caption').textContent(), 'The first 2 of 22 rows');
      assert.deepEqual(await output.barriers(), []);
      await press('22 warned');
      assert.equal(await warned.count(), 0);
      assert.deepEqual(await output.messages(), []);
    });

    it('that are up to date can be rebuilt', async () => {
      await output.show([currentModel]);
      assert.deepEqual(await text('.badge'), ['up to date since run 41']);
      await press('Rebuild');
      assert.deepEqual(await output.messages(), [{ kind: 'run again', cell: 'the cell', how: 'rebuild' }]);
    });

    it('lead to their file', async () => {
      await output.show([salesModel]);
      await press('data/silver/sales.parquet');
      const path = 'data/silver/sales.parquet';
      assert.deepEqual(await output.messages(), [{ kind: 'reveal file', cell: 'the cell', path }]);
    });

    it('name all that is stale above them, with one remedy', async () => {
      await output.show([staleModel]);
      assert.equal(await output.page.locator('.problem').count(), 2);
      assert.deepEqual(await text('.problem >> nth=0 >> .message'), [
        'bronze.sales is stale: its SQL changed.',
        'bronze.stores is stale: a file is new.',
      ]);
      await press('Run with upstream');
      assert.deepEqual(await output.messages(), [
        { kind: 'run again', cell: 'the cell', how: 'with upstream' },
      ]);
    });

    it('have no buttons where nobody listens', async () => {
      await output.show([currentModel, neverBuilt, untrusted], { hears: false });
      assert.equal(await output.page.getByRole('button').count(), 0);
      assert.match((await text('.facts')).join(), /37 rows dropped.*data\/silver\/sales\.parquet/s);
    });
  });

  describe('problems', () => {
    it('offer what is known to help', async () => {
      await output.show([neverBuilt, untrusted, wrongName]);
      assert.deepEqual(await output.page.getByRole('button').allInnerTexts(), [
        'Run with upstream',
        'Trust this folder',
      ]);
      await press('Trust this folder');
      assert.deepEqual(await output.messages(), [{ kind: 'manage trust' }]);
    });

    it('say what happened, what to try and where', async () => {
      await output.show([neverBuilt]);
      assert.deepEqual(await text('.problem p'), [
        'bronze.sales was never built.',
        'Run the cell that builds it first.',
        'graph.never-built\u00a0· notebooks/sales.ratnb, cell 3, line 2, column 6',
      ]);
    });
  });

  it('name what a later version made', async () => {
    await output.show([{ kind: 'map' } as unknown as ResultBlock, wrongName]);
    assert.deepEqual(await text('.blocks > p'), ["This version can't show “map”."]);
  });

  for (const theme of themes) {
    it(`are no barrier in the ${theme} theme`, async () => {
      await output.use(theme);
      const chart = [storeChart, { ...storeTable, total: 4 }];
      await output.show([
        staleModel,
        accountedModel,
        storeTable,
        ...chart,
        emptyTable,
        neverBuilt,
        untrusted,
        wrongName,
      ]);
      await output.page.locator('.drawing svg').waitFor();
      await output.page.getByRole('button', { name: '37 rows dropped' }).first().click();
      await output.tell({ kind: 'rows', request: (await lastRequest()) ?? 0, table: storeTable });
      await output.page.locator('.folded:not([hidden])').getByRole('table').waitFor();
      await press('23 warned');
      await output.picture(`outputs-${theme}`);
      assert.deepEqual(await output.barriers(), []);
    });
  }

  async function lastRequest(): Promise<number | undefined> {
    const message = (await output.messages()).at(-1);
    return message?.kind === 'show rows' ? message.request : undefined;
  }
});
