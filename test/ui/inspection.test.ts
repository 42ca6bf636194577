import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { inspectFile } from '../../src/app/inspectFile.js';
import type { FileInspection } from '../../src/protocol/inspection.js';
import type { InspectionView } from '../../src/protocol/inspectionPage.js';
import { problem } from '../../src/protocol/problem.js';
import { pollutedFile } from '../support/pollutedFile.js';
import { PanelPage } from './panelPage.js';
import { themes } from './themes.js';

const name = 'receipts.csv';

describe('the page of an inspection in a browser', () => {
  let panel: PanelPage;
  let polluted: FileInspection;
  before(async () => {
    panel = await PanelPage.open('inspection.js');
    polluted = await inspectionOf(pollutedFile);
  });
  after(() => panel.close());
  afterEach(async () => assert.deepEqual(await panel.complaints(), []));

  const show = (view: Omit<InspectionView, 'name' | 'hasLines'>, hasLines = true) =>
    panel.tell({ kind: 'show', view: { name, hasLines, ...view } });
  const part = (title: string) => panel.page.getByRole('region', { name: title, exact: true }).first();
  const press = (label: string) => panel.page.getByRole('button', { name: label }).first().click();
  const textOf = async (place: Locator) => (await place.textContent()) ?? '';
  const width = () => panel.page.evaluate<number>('document.documentElement.scrollWidth');

  it('shows the suspect lines with place, reason and text', async () => {
    await show({ inspection: polluted });
    const rows = await part('Suspect lines').getByRole('row').allInnerTexts();
    const shown = rows.map((row) => row.split(/\s*\t\s*/));
    assert.deepEqual(shown.at(0), ['Line', 'Byte', 'Reason', 'Text']);
    const [first] = polluted.suspects.first;
    assert.deepEqual(shown.at(1), ['43', '1,123', '5 fields, not 6', first?.text]);
    assert.equal(await panel.page.locator('b').count(), 0);
  });

  it('opens the file at a line', async () => {
    await show({ inspection: polluted });
    await part('Suspect lines').getByRole('button', { name: '43' }).click();
    assert.deepEqual(await panel.messages(), [{ kind: 'open line', line: 43 }]);
    await show({ inspection: polluted }, false);
    assert.equal(await part('Suspect lines').getByRole('button').count(), 0);
  });

  it('tells of each column how its values fit', async () => {
    await show({ inspection: polluted });
    const row = part('Columns').getByRole('row', { name: /^amount/ });
    const { fits, misfits, firstMisfit } = columnOf(polluted, 'amount');
    assert.deepEqual((await row.getByRole('cell').allInnerTexts()).slice(1, 4), [
      `${fits}`,
      '',
      `${misfits}`,
    ]);
    await row.getByRole('button').click();
    assert.deepEqual(await panel.messages(), [{ kind: 'open line', line: firstMisfit?.line }]);
  });

  it('shows the contract that a first run would write', async () => {
    await show({ inspection: await inspectionOf('id,name\n1,a\n') });
    assert.equal(await panel.page.getByRole('status').textContent(), 'It reads well as it is.');
    assert.equal(await part('Contract').locator('pre').isVisible(), false);
    await part('Contract').getByText('The contract as JSON').click();
    assert.match(await textOf(part('Contract').locator('pre')), /"name": "id", "type": "BIGINT"/);
  });

  it('leads to the contract and tells what differs', async () => {
    const differences = [
      { effect: 'stops', message: 'The column name is missing.', hint: 'Add it.' },
    ] as const;
    await show({ inspection: { ...polluted, contract: { path: 'contracts/receipts.json', differences } } });
    assert.match(await textOf(part('Contract')), /contracts\/receipts\.json.*stops a run.*missing.*Add it/s);
    await press('Open Contract');
    assert.deepEqual(await panel.messages(), [{ kind: 'open contract' }]);
  });

  it('shows the first findings while the rest is read', async () => {
    const progress = { readBytes: 2_000_000, bytes: 8_000_000 };
    await show({ inspection: { ...polluted, complete: false }, progress });
    assert.match(await textOf(panel.page.locator('.reading')), /2\.0 MB of 8\.0 MB.*what the first/s);
    assert.equal(await panel.page.getByRole('status').count(), 0);
    assert.match(await textOf(part('Suspect lines')), /5 fields, not 6/);
    await panel.tell({ kind: 'progress', progress: { ...progress, readBytes: 4_000_000 } });
    await panel.page.getByText('4.0 MB of 8.0 MB').waitFor();
    assert.equal(await panel.page.evaluate("document.querySelector('progress').position"), 0.5);
  });

  it('says why a file can not be inspected, and looks again', async () => {
    await show({ problem: problem('data.missing', 'There is no file receipts.csv.', { hint: 'Look.' }) });
    await panel.page.getByText('There is no file receipts.csv.').waitFor();
    await press('Look Again');
    assert.deepEqual(await panel.messages(), [{ kind: 'inspect again' }]);
  });

  it('has something to say of an empty file', async () => {
    await show({ inspection: await inspectionOf('') });
    assert.equal(await part('Columns').count(), 0);
    assert.match(await textOf(part('What was found')), /empty/);
    assert.match(await textOf(part('Contract')), /would make none/);
  });

  for (const theme of themes) {
    it(`is no barrier and stays inside in the ${theme} theme`, async () => {
      await panel.use(theme);
      await panel.page.mouse.move(0, 0);
      for (const size of [1000, 420]) {
        await panel.page.setViewportSize({ width: size, height: 700 });
        await show({ inspection: polluted });
        assert.equal(await width(), size);
        await panel.picture(`inspection-${theme}-${size}`);
      }
      assert.deepEqual(await panel.barriers(), []);
    });
  }
});

function columnOf({ columns }: FileInspection, wanted: string) {
  const column = columns.find((each) => each.name === wanted);
  assert(column);
  return column;
}

async function inspectionOf(text: string): Promise<FileInspection> {
  const directory = mkdtempSync(join(tmpdir(), 'ratatouille-inspection-'));
  try {
    writeFileSync(join(directory, name), text);
    return await inspectFile({ file: join(directory, name), shownAs: name, directory });
  } finally {
    rmSync(directory, { recursive: true, maxRetries: 5 });
  }
}
