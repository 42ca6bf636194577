import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Types the password into the page that stands before the editor. */
export async function logIn(page: Page, address: string, password: string): Promise<void> {
  await page.goto(address);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('input[type="submit"]').click();
  await page.locator('.monaco-workbench .explorer-viewlet').waitFor({ timeout: 90_000 });
}

/** Waits until the editor has opened a notebook by itself, with the walkthrough beside it. */
export async function waitForGuide(page: Page, name: string): Promise<void> {
  await page.locator('.tab', { hasText: name }).waitFor({ timeout: 90_000 });
  await page.locator('.gettingStartedContainer:visible').waitFor({ timeout: 60_000 });
  await outputsOf(page).getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 });
}

/** Presses *Run All*. */
export async function runAll(page: Page): Promise<void> {
  const toolbar = page.locator('.notebook-toolbar-container:visible');
  await toolbar.getByRole('button', { name: 'Run All' }).click();
}

/**
 * Goes to the end of the notebook until something is seen there: while cells run, the notebook grows, and keeps
 * in front what was.
 */
export async function seeAtEnd(page: Page, wanted: Locator): Promise<void> {
  const end = Date.now() + 90_000;
  for (;;) {
    await page.locator('.notebookOverlay .cell-list-container > .monaco-list').focus();
    await page.keyboard.press('Control+End');
    try {
      return await wanted.waitFor({ timeout: 3000 });
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** The page inside the page that draws the outputs of the notebook in front. */
export function outputsOf(page: Page): FrameLocator {
  return page
    .locator('iframe.webview.ready[src*="purpose=notebookRenderer"]')
    .last()
    .contentFrame()
    .locator('iframe#active-frame')
    .contentFrame();
}
