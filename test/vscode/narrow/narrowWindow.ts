import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { assertAccessible, innerFrame } from '../story/accessibility.js';
import { Pictures } from '../story/pictures.js';
import type { Chapter } from '../story/tellChapters.js';
import { frameOf, inputBox, outputsView, runCommand, treeItem } from '../story/workbench.js';
import { longColumn, longName } from '../support/longProject.js';

/** A project with long names in a narrow window, and nobody with a mouse. */
export class NarrowWindow {
  readonly #pictures: Pictures;

  constructor(
    private readonly page: Page,
    /** The project's folder. */
    private readonly project: string,
    pictures: string | undefined,
  ) {
    this.#pictures = new Pictures(page, pictures);
  }

  get chapters(): readonly Chapter[] {
    return [
      ['follows a run although the disk tells nothing', () => this.#followRun()],
      ['keeps long names inside', () => this.#keepInside()],
      ['reaches an output’s button by keyboard, and leaves by it', () => this.#pressRebuild()],
      ['brings an earlier version back by keyboard', () => this.#restore()],
      ['shows where in a long statement the fault is', () => this.#showFault()],
      ['makes a notebook and never writes over one', () => this.#makeNotebooks()],
    ];
  }

  /** Nothing watches the disk here: what the tree shows, it has from the runs themselves. */
  async #followRun(): Promise<void> {
    const { page } = this;
    await page.locator('.activitybar a[aria-label^="Ratatouille"]').waitFor({ timeout: 60_000 });
    await runCommand(page, 'Ratatouille: Focus on Data View');
    await treeItem(page, 'Data', `silver.${longName}, not built yet`).waitFor();
    await runCommand(page, 'Ratatouille: Focus on Runs View');
    await this.#open(`${longName}.ratnb`);
    await page.keyboard.press('Control+Home');
    for (const layer of ['bronze', 'silver']) {
      await page.keyboard.press('Shift+Enter');
      await treeItem(page, 'Data', new RegExp(`${layer}\\.${longName}, \\d rows`)).waitFor();
    }
    await treeItem(page, 'Runs', /^Run 2, succeeded/).waitFor();
    assert.equal(await treeItem(page, 'Runs', /^Run \d+, running/).count(), 0);
  }

  async #keepInside(): Promise<void> {
    const { page } = this;
    const outputs = frameOf(page, outputsView);
    await page.keyboard.press('Control+Home');
    await outputs.locator('.model .heading', { hasText: `bronze.${longName}` }).waitFor();
    await this.#pictures.inEachTheme(async (theme) => {
      const frame = await innerFrame(page, outputsView);
      assert((await frame.evaluate<number>(`${drawn('.blocks')}.length`)) > 0, 'outputs are drawn');
      assert.deepEqual(await frame.evaluate(tooWide), [], theme);
      const starts = await frame.evaluate<readonly number[]>(dotsAtLineStarts);
      assert(starts.length > 2, `${starts.length} lines`);
      assert(
        starts.every((hiddenBy) => hiddenBy >= 0),
        `a line begins with a dot: ${starts}`,
      );
    });
    await this.#pictures.take('narrow-models');
  }

  async #pressRebuild(): Promise<void> {
    const { page } = this;
    const outputs = frameOf(page, outputsView);
    const model = outputs.locator('.model').first();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Shift+Enter');
    await model.getByText('up to date since run 1').waitFor();
    await page.keyboard.press('Control+Home');
    await this.#enterOutput();
    assert.equal(await this.#focused(), 'Rebuild');
    await page.keyboard.press('Enter');
    await model.getByText('built', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.notebookOverlay .monaco-list:focus').waitFor();
  }

  /** *Rebuild* made a second version. */
  async #restore(): Promise<void> {
    const { page } = this;
    await runCommand(page, 'Ratatouille: Restore…');
    const choices = page.locator('.quick-input-list .monaco-list-row');
    await choices.filter({ hasText: 'Version 1' }).waitFor();
    await this.#pictures.takeOnce('narrow-restore');
    await page.keyboard.press('Enter');
    await treeItem(page, 'Runs', new RegExp(`succeeded, brought back bronze.${longName}`)).waitFor();
    await page.locator('.notebookOverlay .monaco-list').first().focus();
    await page.keyboard.press('Control+Home');
  }

  /** The page of the outputs takes the keyboard for itself when it gets it first; then Tab leads past them. */
  async #enterOutput(): Promise<void> {
    const { page } = this;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await page.keyboard.press('Control+Shift+ArrowDown');
      await this.#becomes(async () => (await innerFrame(page, outputsView)).evaluate<boolean>(hasKeyboard));
      await page.keyboard.press('Tab');
      if (await this.#becomes(async () => (await this.#focused()) !== '')) return;
      await page.keyboard.press('Escape');
      await page.locator('.notebookOverlay .monaco-list:focus').waitFor();
    }
  }

  /** Tells whether a state that nothing announces is reached within two seconds. */
  async #becomes(isReached: () => Promise<boolean>): Promise<boolean> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      if (await isReached()) return true;
      await this.page.waitForTimeout(50);
    }
    return false;
  }

  /** The text of what has the keyboard in the outputs; empty when it is elsewhere. */
  async #focused(): Promise<string> {
    return (await innerFrame(this.page, outputsView)).evaluate<string>(focusedText);
  }

  async #showFault(): Promise<void> {
    const { page } = this;
    for (let cell = 0; cell < 2; cell += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Enter');
    const fault = frameOf(page, outputsView).locator('.problem');
    await fault.getByText(`Did you mean ${longColumn}?`).waitFor();
    await fault.getByText('cell 3, line 33, column').waitFor();
    await this.#pictures.take('narrow-fault');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Enter');
    await frameOf(page, outputsView).locator('.chart svg').waitFor();
    await page.keyboard.press('ArrowUp');
    await this.#pictures.take('narrow-chart');
  }

  async #makeNotebooks(): Promise<void> {
    const { page } = this;
    const file = path.join(this.project, 'notebooks', 'who_returns_what.ratnb');
    await this.#nameNotebook('Who returns what?');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'who_returns_what.ratnb' }).waitFor();
    await frameOf(page, outputsView).getByRole('heading', { name: 'Who returns what?' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('SELECT 42 AS answer');
    await page.keyboard.press('Shift+Enter');
    await frameOf(page, outputsView).getByRole('cell', { name: '42' }).waitFor();
    assert.equal(
      await page.locator('.quick-input-widget:visible').count(),
      0,
      'nobody is asked for a kernel',
    );
    await this.#pictures.inEachTheme(async (theme) =>
      assertAccessible(`a new notebook, ${theme}`, await innerFrame(page, outputsView), 'body'),
    );
    await runCommand(page, 'File: Save');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    const before = await readFile(file, 'utf8');
    assert.match(before, /# Who returns what\?.*SELECT 42 AS answer/s);
    await this.#nameNotebook('Who returns what?');
    await page.locator('.quick-input-message', { hasText: 'There is a notebook' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    // What the first question has begun comes before the second one.
    await this.#nameNotebook('Who returns more?');
    await page.keyboard.press('Escape');
    assert.equal(await readFile(file, 'utf8'), before);
  }

  async #nameNotebook(title: string): Promise<void> {
    await runCommand(this.page, 'Ratatouille: New Notebook');
    await this.page.locator('.quick-input-title', { hasText: 'New Notebook' }).waitFor();
    await inputBox(this.page).fill(title);
  }

  async #open(file: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await inputBox(this.page).fill(file);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.notebookOverlay .code-cell-row').first().waitFor();
  }
}

/** The elements in our outputs that a selector finds. */
const drawn = (selector: string) =>
  `[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('${selector}') ?? [])])`;

/** The texts of the outputs that are wider than their room. */
const tooWide = `${drawn('.blocks')}
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .map(({ textContent }) => textContent)`;

/** By how many pixels the dot before each fact at the start of a line is cut away; negative for one that shows. */
const dotsAtLineStarts = `${drawn('.facts')}.flatMap((list) => {
  const { left } = list.getBoundingClientRect();
  const cut = left + Number(/([0-9.]+)px[)]$/.exec(getComputedStyle(list).clipPath)?.[1] ?? 0);
  return [...list.children]
    .map((fact) => ({ start: fact.getBoundingClientRect().left, dot: getComputedStyle(fact, '::before') }))
    .filter(({ start }) => start < left + 1)
    .map(({ start, dot }) => cut - (start + Number.parseFloat(dot.left) + Number.parseFloat(dot.width)));
})`;

/** Whether a part of the outputs, shown or not, has the keyboard. */
const hasKeyboard = 'document.hasFocus() && document.activeElement !== document.body';

const focusedText = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body || !document.hasFocus() ? '' : element?.textContent ?? '';
})()`;
