import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { pollutedFile } from '../../support/pollutedFile.js';
import { installCodeServer } from '../install/codeServer.js';
import { launchBrowser } from '../launch/browser.js';
import type { TestResult } from '../launch/report.js';
import { startServer } from '../launch/server.js';
import { frameOf, previewView, runCommand } from '../story/workbench.js';

/** What is to be looked at, and where the pictures go. */
export interface PictureRun {
  readonly extension: string;
  readonly project: string;
  /** Undefined when nobody wants to keep them. */
  readonly folder: string | undefined;
}

const themes = [
  { name: 'light', theme: 'Light 2026' },
  { name: 'dark', theme: 'Dark 2026' },
  { name: 'high-contrast', theme: 'Default High Contrast' },
] as const;

/** Runs the sample notebook as a person does, in each theme, and looks at what the renderer shows. */
export async function takePictures(
  run: PictureRun,
  log: (message: string) => void,
): Promise<readonly TestResult[]> {
  if (run.folder !== undefined) await mkdir(run.folder, { recursive: true });
  const odd = path.join(run.project, 'data', 'landing', 'odd');
  await mkdir(odd, { recursive: true });
  await writeFile(path.join(odd, 'receipts.csv'), pollutedFile);
  const results: TestResult[] = [];
  for (const { name, theme } of themes) {
    const title = `results in the ${name} theme`;
    try {
      await lookAt(run, name, theme, log);
      results.push({ title });
    } catch (error) {
      results.push({
        title,
        failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  return results;
}

async function lookAt(
  { extension, project, folder }: PictureRun,
  name: string,
  theme: string,
  log: (message: string) => void,
): Promise<void> {
  const server = await startServer(await installCodeServer(log), { theme });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, deviceScaleFactor: 2 });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(server.pageUrl(project, [['extensionDevelopmentPath', server.remoteUri(extension)]]));
    await runAll(page, 'sales.ratnb');
    const frame = notebookFrame(page);
    await frame.locator('.model .heading', { hasText: 'silver.sales' }).waitFor({ timeout: 60_000 });
    await takePicture(page, folder, `first-cells-${name}`);
    await askForDroppedRows(frame);
    await takePicture(page, folder, `dropped-rows-${name}`);
    await scrollToEnd(page);
    await checkChart(frame);
    await takePicture(page, folder, `chart-${name}`);
    await runAll(page, 'faults.ratnb');
    await notebookFrame(page).locator('.problem .message').first().waitFor();
    await takePicture(page, folder, `error-${name}`);
    await inspectFile(page);
    await takePicture(page, folder, `inspection-${name}`);
    await openSuspectLine(page);
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Opens a file, and beside it what is in it. */
async function inspectFile(page: Page): Promise<void> {
  await openFile(page, 'receipts.csv');
  await page.locator('.editor-instance .view-lines', { hasText: 'Lyon' }).waitFor();
  await runCommand(page, 'Ratatouille: Inspect File');
  await frameOf(page, previewView).getByText('It does not read as it is').waitFor({ timeout: 60_000 });
}

/** What a person presses in the inspection leads to the place in the file. */
async function openSuspectLine(page: Page): Promise<void> {
  await frameOf(page, previewView).getByRole('button', { name: '43', exact: true }).click();
  await page.locator('.statusbar-item', { hasText: 'Ln 43, Col 1' }).waitFor();
  assert.equal(await page.locator('.tab', { hasText: 'receipts.csv' }).count(), 2);
}

/** Opens a notebook by its name and presses *Run All*. */
async function runAll(page: Page, file: string): Promise<void> {
  await page.locator('.monaco-workbench .explorer-viewlet').waitFor({ timeout: 60_000 });
  await openFile(page, file);
  const toolbar = page.locator('.notebook-toolbar-container:visible');
  await toolbar.getByRole('button', { name: 'Run All' }).click();
}

async function openFile(page: Page, file: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget:visible input').fill(file);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).first().click();
}

/** The page inside the page that draws all outputs of the notebook in front. */
function notebookFrame(page: Page): FrameLocator {
  return page
    .locator('iframe.webview.ready[src*="purpose=notebookRenderer"]')
    .last()
    .contentFrame()
    .locator('iframe#active-frame')
    .contentFrame();
}

/**
 * Outputs are drawn when they come near the view, so that a chart far below is not. One long turn of the wheel is
 * taken for a short one.
 */
async function scrollToEnd(page: Page): Promise<void> {
  await page.mouse.move(640, 600);
  for (let turn = 0; turn < 80; turn += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(20);
  }
}

/** What a person presses in an output reaches the kernel, and its answer the output. */
async function askForDroppedRows(frame: FrameLocator): Promise<void> {
  await frame.getByRole('button', { name: '1 row dropped' }).click();
  const dropped = frame.locator('.folded').getByRole('region', { name: 'Showing 1 of 1 row' });
  await dropped.getByRole('cell', { name: '-4.00' }).waitFor();
}

/** The chart is drawn by a script of its own, which the page has to find; its data is there for who can't see it. */
async function checkChart(frame: FrameLocator): Promise<void> {
  const bars = frame.locator('.chart svg path[aria-roledescription="bar"]');
  await bars.first().waitFor();
  assert.equal(await bars.count(), 2);
  await frame.getByText('Data: 2 rows').click();
  await frame.locator('.chart').getByRole('columnheader', { name: 'revenue' }).waitFor();
}

async function takePicture(page: Page, folder: string | undefined, name: string): Promise<void> {
  if (folder === undefined) return;
  await page.keyboard.press('Control+B');
  await page.mouse.move(5, 500);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  await page.keyboard.press('Control+B');
}
