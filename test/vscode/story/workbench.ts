import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Runs a command from the palette, as a person does. */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await page.keyboard.press('F1');
      await inputBox(page).fill(`>${title}`, { timeout: 3000 });
      await page
        .locator('.quick-input-list .monaco-list-row', { hasText: title })
        .first()
        .click({ timeout: 3000 });
      return;
    } catch (error) {
      // An editor that opens just then takes the focus, which closes the palette: a person would press again.
      if (attempt === 5) throw error;
    }
  }
}

/** The text field of the palette, an input box or a file dialog. */
export function inputBox(page: Page): Locator {
  return page.locator('.quick-input-widget:visible input');
}

/** Answers an input box once its title is there. */
export async function answer(page: Page, title: string, text: string): Promise<void> {
  await titled(page, title).waitFor();
  await inputBox(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Chooses a path in a file dialog, and presses its button. */
export async function choose(page: Page, title: string, path: string, button: string): Promise<void> {
  await titled(page, title).waitFor();
  // While it opens, the dialog writes down the folder that it starts in, over what was typed.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await inputBox(page).fill(path);
    await page.waitForTimeout(1000);
    if ((await inputBox(page).inputValue()) === path) break;
  }
  assert.equal(await inputBox(page).inputValue(), path, 'the dialog keeps what was typed');
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: button }).click();
}

function titled(page: Page, title: string): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title });
}

/** Where all outputs and texts of the notebook in front are drawn. */
export const outputsView = 'iframe.webview.ready[src*="purpose=notebookRenderer"]';

/** Where our preview panel is drawn. */
export const previewView = 'iframe.webview.ready[src*="extensionId=ratatouille.ratatouille"]';

/** Where the editor draws pages of Markdown. */
export const pageView = 'iframe.webview.ready[src*="extensionId=vscode.markdown-language-features"]';

/** The page inside a view's page. */
export function frameOf(page: Page, view: string): FrameLocator {
  return page.locator(view).last().contentFrame().locator('iframe#active-frame').contentFrame();
}

/** The rows of one of our trees. */
export function treeItem(page: Page, tree: string, name: string | RegExp): Locator {
  return page.getByRole('tree', { name: tree }).getByRole('treeitem', { name });
}

/** The steps of the walkthrough that are ticked, by their identifiers. */
export async function tickedSteps(page: Page): Promise<readonly string[]> {
  const ticked = page.locator('.gettingStartedContainer .getting-started-step:has(.codicon.complete)');
  const ids = await ticked.evaluateAll((steps) =>
    steps.map((step) => step.getAttribute('data-step-id') ?? ''),
  );
  return ids.map((id) => id.split('#').at(-1) ?? '');
}
