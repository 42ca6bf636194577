import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { RunningServer } from '../launch/server.js';
import { assertAccessible, innerFrame } from './accessibility.js';
import { Pictures } from './pictures.js';
import { Stopwatch } from './stopwatch.js';
import type { Chapter } from './tellChapters.js';
import {
  answer,
  choose,
  frameOf,
  outputsView,
  pageView,
  previewView,
  runCommand,
  tickedSteps,
  treeItem,
} from './workbench.js';

/** Whose story it is, and where it happens. */
export interface Setting {
  readonly page: Page;
  readonly server: RunningServer;
  /** An empty folder of the person's. */
  readonly home: string;
  readonly pictures: string | undefined;
}

const orders = `order_id;ordered_on;customer;amount
1001;2026-01-02;Ann Baker;12.50
1002;2026-01-03;Bob Stone;8.00
1003;2026-01-03;Ann Baker;99.90
1004;2026-01-05;Cy Young;31.25
`;

/** What of the walkthrough's page is ours: words and pictures. Its lists and buttons are VS Code's. */
const ownInWalkthrough = ['step-title', 'step-description-container', 'getting-started-media']
  .map((part) => `.gettingStartedDetailsContent .${part}`)
  .join(', ');

/** The first fifteen minutes of somebody who has just installed the extension. Each chapter is one test. */
export class Story {
  readonly stopwatch = new Stopwatch();
  readonly #page: Page;
  readonly #pictures: Pictures;

  constructor(private readonly setting: Setting) {
    this.#page = setting.page;
    this.#pictures = new Pictures(setting.page, setting.pictures);
  }

  get chapters(): readonly Chapter[] {
    return [
      ['opens an empty window that says what to do', () => this.#arrive()],
      ['makes a project and opens its guide', () => this.#makeProject()],
      ['keeps the guide through a reload', () => this.#reload()],
      ['shows everything and runs nothing before trust', () => this.#trust()],
      ['shows the rows of a raw file', () => this.#lookAtFile()],
      ['runs the guide’s cells from landing to gold', () => this.#runGuide()],
      ['answers with a chart', () => this.#seeChart()],
      ['shows gold, plan and run', () => this.#lookAround()],
      ['adds an own file and builds its table', () => this.#addData()],
      ['brings the guide back after it was closed', () => this.#comeBack()],
    ];
  }

  async #arrive(): Promise<void> {
    const { server } = this.setting;
    await this.#page.goto(server.emptyUrl);
    await this.#page.locator('.activitybar a[aria-label^="Ratatouille"]').click({ timeout: 60_000 });
    await this.#page.locator('.welcome-view').getByRole('button', { name: 'New Project' }).waitFor();
    this.stopwatch.lap('VS Code starts, the extension is there');
    await this.#page.getByRole('tab', { name: 'Welcome' }).waitFor();
    await this.stopwatch.pause(() => this.#showEmptyWindow());
  }

  /** The editor's own page is nothing of ours to show, but it is open when a project is made. */
  async #showEmptyWindow(): Promise<void> {
    // The window tells for a while that it still loads.
    await this.#page.waitForTimeout(3000);
    await runCommand(this.#page, 'View: Close All Editors');
    await this.#pictures.take('1-empty-window');
    await runCommand(this.#page, 'Help: Welcome');
    await this.#page.getByRole('tab', { name: 'Welcome' }).waitFor();
  }

  async #makeProject(): Promise<void> {
    await runCommand(this.#page, 'Ratatouille: New Project');
    await answer(this.#page, 'name', 'Corner Shops');
    await choose(this.#page, 'where', `${this.setting.home}/`, 'Create Here');
    await this.#page.waitForURL(/folder=.*corner-shops/, { timeout: 60_000 });
    await this.#guideIsOpen();
    await this.#ticked('create');
    this.stopwatch.lap('New Project, reload, the guide and the walkthrough are open');
    await this.#show('2-new-project');
    await this.stopwatch.pause(() =>
      this.#pictures.inEachTheme((theme) =>
        assertAccessible(`the walkthrough, ${theme}`, this.#page, ownInWalkthrough),
      ),
    );
  }

  async #reload(): Promise<void> {
    await this.stopwatch.pause(async () => {
      await this.#page.reload();
      await this.#guideIsOpen();
    });
  }

  async #trust(): Promise<void> {
    const page = this.#page;
    await runCommand(page, 'Ratatouille: Run Pipeline');
    await page.locator('.notification-list-item', { hasText: 'Running the pipeline has to wait' }).waitFor();
    await this.#runFirstCell();
    // The editor asks by itself, before our kernel hears of a run.
    const question = page.locator('.monaco-dialog-box', {
      hasText: 'Executing a notebook cell will run code',
    });
    await question.getByRole('button', { name: 'Trust Folder & Continue' }).waitFor();
    assert.equal(
      await page.locator('.quick-input-widget:visible').count(),
      0,
      'nobody is asked for a kernel',
    );
    await question.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.locator('.notebookOverlay [class*="codicon-notebook-state-"]').count(), 0);
    await this.stopwatch.pause(() => this.#judgeRestricted());
    await treeItem(page, 'Data', 'Trust this folder to run cells').click();
    const trust = page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true });
    await trust.click();
    await page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', { name: /^Close/ })
      .first()
      .click();
    await treeItem(page, 'Data', 'Trust this folder to run cells').waitFor({ state: 'detached' });
    this.stopwatch.lap('trust');
    await this.stopwatch.pause(() => runCommand(page, 'Notifications: Clear All Notifications'));
  }

  /** What we say in a folder that is not trusted: in the tree, below cells, and to whom wants to run all. */
  async #judgeRestricted(): Promise<void> {
    const page = this.#page;
    const message = '.notifications-center .notification-list-item-message';
    await treeItem(page, 'Data', 'Trust this folder to run cells').waitFor();
    await this.#pictures.inEachTheme(async (theme) => {
      // By themselves they go after some seconds.
      await runCommand(page, 'Notifications: Show Notifications');
      await page.locator(message, { hasText: 'Running the pipeline has to wait' }).waitFor();
      for (const own of ['.sidebar .tree-explorer-viewlet-tree-view', message]) {
        await assertAccessible(`${own} without trust, ${theme}`, page, own);
      }
    });
  }

  async #lookAtFile(): Promise<void> {
    const page = this.#page;
    await treeItem(page, 'Data', /stores\.csv/).click();
    const preview = frameOf(page, previewView);
    await preview.getByRole('columnheader', { name: /store_name/ }).waitFor();
    assert.equal(await preview.getByRole('row').count(), 6);
    await this.#ticked('raw');
    this.stopwatch.lap('first rows of a raw file (starts a kernel)');
    await this.#show('3-raw-file');
    await this.stopwatch.pause(() => this.#judgePreview('the preview of a file'));
  }

  async #runGuide(): Promise<void> {
    const page = this.#page;
    await this.#openGuide();
    const cells = await this.#runAllCells();
    assert(cells > 10, `${cells} cells ran`);
    for (const layer of ['bronze', 'silver', 'gold', 'query', 'chart']) await this.#ticked(layer);
    await treeItem(page, 'Data', /gold\.daily_sales, 35 rows/).waitFor();
    this.stopwatch.lap(`${cells} cells from landing to gold, one by one`);
    await this.#show('4-guide-done');
  }

  async #seeChart(): Promise<void> {
    const outputs = frameOf(this.#page, outputsView);
    // The picture of a chart, by whatever element it is drawn.
    await outputs.locator('svg.marks, canvas.marks, [role="graphics-document"]').last().waitFor();
    await this.stopwatch.pause(() => this.#judgeOutputs('outputs'));
  }

  async #lookAround(): Promise<void> {
    const page = this.#page;
    await this.stopwatch.pause(async () => {
      await treeItem(page, 'Data', /gold\.daily_sales/).click();
      await frameOf(page, previewView).getByRole('heading', { name: 'gold.daily_sales' }).waitFor();
      await this.#pictures.take('5-gold-table');
      await this.#judgePreview('the preview of a table');
      await this.#pictures.inEachTheme((theme) =>
        assertAccessible(`trees, ${theme}`, page, '.sidebar .tree-explorer-viewlet-tree-view'),
      );
      await runCommand(page, 'Ratatouille: Plan');
      await page.getByRole('tab', { name: /Plan\.md/ }).waitFor();
      await frameOf(page, pageView).getByRole('heading', { name: 'What a run would do now' }).waitFor();
      await this.#pictures.take('6-plan');
    });
  }

  async #addData(): Promise<void> {
    const page = this.#page;
    const file = path.join(this.setting.home, 'orders.csv');
    await writeFile(file, orders);
    await runCommand(page, 'Ratatouille: Add Data…');
    await choose(page, 'Which file', file, 'Look at It');
    const preview = frameOf(page, previewView);
    await preview.getByRole('heading', { name: 'Add orders.csv' }).waitFor();
    this.stopwatch.lap('an own file is looked at');
    await this.#show('7-add-data');
    await this.stopwatch.pause(() => this.#judgePreview('the preview of an own file'));
    await preview.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('tab', { name: /02_your_data/ }).waitFor();
    await this.#ticked('ownData');
    const cell = page.locator('.notebookOverlay .code-cell-row').last();
    await cell.hover();
    await cell.locator('.run-button-container a.codicon-notebook-execute').click();
    await treeItem(page, 'Data', /bronze\.orders, 4 rows/).waitFor({ timeout: 60_000 });
    this.stopwatch.lap('it is added and its bronze table is built');
    await this.#show('8-own-data');
  }

  async #comeBack(): Promise<void> {
    await runCommand(this.#page, 'View: Close All Editors');
    await runCommand(this.#page, 'Ratatouille: Open Getting Started');
    await this.#guideIsOpen();
    await runCommand(this.#page, 'Notifications: Clear All Notifications');
    await this.#show('9-walkthrough-done');
  }

  /** The guide is in front, and the walkthrough beside it. */
  async #guideIsOpen(): Promise<void> {
    await this.#page.getByRole('tab', { name: /01_getting_started/ }).waitFor({ timeout: 60_000 });
    await this.#page.locator('.gettingStartedContainer .getting-started-step.expanded').waitFor();
    await frameOf(this.#page, outputsView)
      .getByRole('heading', { name: 'From the till to an answer' })
      .waitFor();
  }

  async #openGuide(): Promise<void> {
    await runCommand(this.#page, 'Ratatouille: Open Getting Started');
    await this.#guideIsOpen();
  }

  /** What stands before the first cell that runs is text. */
  async #runFirstCell(): Promise<void> {
    const { keyboard } = this.#page;
    const texts = (await this.#guideMarkers()).findIndex((marker) => !marker.includes('[markdown]'));
    await this.#page.locator('.notebookOverlay .monaco-list').first().focus();
    await keyboard.press('Control+Home');
    for (let cell = 0; cell <= texts; cell += 1) await keyboard.press('Shift+Enter');
  }

  async #guideMarkers(): Promise<readonly string[]> {
    const file = path.join(this.setting.home, 'corner-shops', 'notebooks', '01_getting_started.ratnb');
    return (await readFile(file, 'utf8')).match(/^-- %%.*$/gm) ?? [];
  }

  /** Presses Shift+Enter in each cell, waiting for the end of each; gives the number of code cells. */
  async #runAllCells(): Promise<number> {
    const page = this.#page;
    const markers = await this.#guideMarkers();
    await page.locator('.notebookOverlay .monaco-list').first().focus();
    await page.keyboard.press('Control+Home');
    let ran = 0;
    // In the last cell the same keys would add one; it is text.
    for (const marker of markers.slice(0, -1)) {
      await page.keyboard.press('Shift+Enter');
      if (marker.includes('[markdown]')) continue;
      ran += 1;
      await this.#cellsEnded();
    }
    return ran;
  }

  async #cellsEnded(): Promise<void> {
    const page = this.#page;
    const busy = '.codicon-notebook-state-executing, .codicon-notebook-state-pending';
    await page.waitForTimeout(50);
    await page.waitForFunction(`document.querySelectorAll('${busy}').length === 0`, undefined, {
      timeout: 60_000,
    });
    assert.equal(await page.locator('.codicon-notebook-state-error').count(), 0, 'a cell failed');
  }

  async #ticked(step: string): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if ((await tickedSteps(this.#page)).includes(step)) return;
      await this.#page.waitForTimeout(100);
    }
    assert.fail(`The step “${step}” is not ticked; these are: ${await tickedSteps(this.#page)}`);
  }

  async #judgeOutputs(where: string): Promise<void> {
    await this.#pictures.inEachTheme(async (theme) => {
      await assertAccessible(`${where}, ${theme}`, await innerFrame(this.#page, outputsView), 'body');
    });
  }

  async #judgePreview(where: string): Promise<void> {
    await this.#pictures.inEachTheme(async (theme) => {
      await assertAccessible(`${where}, ${theme}`, await innerFrame(this.#page, previewView), 'body');
    });
  }

  #show(name: string): Promise<void> {
    return this.stopwatch.pause(() => this.#pictures.take(name));
  }
}
