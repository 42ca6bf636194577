import assert from 'node:assert/strict';
import type { ChartBlock } from '../../src/protocol/result.js';
import { storeChart, storeTable } from './blocks.js';
import { OutputPage } from './outputPage.js';

describe('charts in a browser', () => {
  let output: OutputPage;
  before(async () => {
    output = await OutputPage.open();
    await output.use('light');
  });
  after(() => output.close());
  afterEach(async () => {
    assert.deepEqual(await output.complaints(), []);
  });

  const drawing = () => output.page.locator('.drawing svg');

  async function draw(block: ChartBlock): Promise<void> {
    await output.show([block, { ...storeTable, total: 4 }]);
    await drawing().waitFor();
  }

  it('draw a mark for each row that has a value', async () => {
    await draw(storeChart);
    const bars = drawing().locator('path[aria-roledescription="bar"]');
    assert.equal(await bars.count(), 3);
    const label = await bars.nth(1).getAttribute('aria-label');
    assert.match(label ?? '', /Nice/);
    assert.equal(await output.page.locator('figcaption').textContent(), 'Not drawn: 1 row without a value.');
  });

  it('are described and have their data', async () => {
    await draw(storeChart);
    assert.equal(await drawing().getAttribute('aria-label'), null);
    const described = output.page.locator('[role="graphics-document"]');
    assert.equal(await described.getAttribute('aria-label'), 'Bar chart of revenue by store, 3 marks.');
    await output.page.getByText('Data: 4 rows').click();
    assert.equal(await output.page.getByRole('table').getByRole('row').count(), 5);
  });

  it('keep the room that they will take', async () => {
    const atOnce = await output.show([storeChart]);
    await drawing().waitFor();
    await output.page.locator('figcaption p').waitFor();
    const later = (await output.page.locator('.chart').boundingBox())?.height ?? 0;
    assert(Math.abs(later - atOnce) < 40, `${atOnce}, then ${later}`);
  });

  it('follow the theme', async () => {
    await draw(storeChart);
    const fill = () => drawing().locator('path[aria-roledescription="bar"]').first().getAttribute('fill');
    assert.equal(await fill(), '#1a5cff');
    await output.use('dark');
    await output.page.locator('.drawing svg path[fill="#57a3f8"]').first().waitFor();
    await output.use('light');
    await output.page.locator('.drawing svg path[fill="#1a5cff"]').first().waitFor();
  });

  it('stop with their output', async () => {
    await draw(storeChart);
    await output.page.evaluate('editor.close()');
    await output.use('dark');
    // Time enough for a chart that still follows the theme to be drawn anew.
    await output.page.waitForTimeout(300);
    const fills = output.page.locator('.drawing svg path[fill="#57a3f8"]');
    assert.equal(await fills.count(), 0);
    await output.use('light');
  });

  const marks: readonly (readonly [ChartBlock['chart']['mark'], string])[] = [
    ['line', 'path[aria-roledescription="line mark"]'],
    ['area', 'path[aria-roledescription="area mark"]'],
    ['point', 'path[aria-roledescription="point"]'],
    ['pie', 'path[aria-roledescription="arc mark"]'],
  ];
  for (const [mark, selector] of marks) {
    it(`draw as ${mark}`, async () => {
      await draw({ ...storeChart, chart: { ...storeChart.chart, mark, x: 'store' } });
      await drawing().locator(selector).first().waitFor({ state: 'attached' });
      await output.picture(`chart-${mark}`);
    });
  }

  it('open their data when they can’t be drawn', async () => {
    await output.page.route('**/chart.js', (route) => route.abort());
    await output.page.reload();
    await output.page.waitForFunction('window.editor !== undefined');
    await output.show([storeChart, storeTable]);
    await output.page.getByText('The chart could not be drawn').waitFor();
    assert.equal(await output.page.getByRole('table').isVisible(), true);
    await output.page.unroute('**/chart.js');
  });
});
