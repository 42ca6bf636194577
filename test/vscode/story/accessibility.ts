import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** VS Code draws a tree item's label and description without a blank between them, which is no fault of ours. */
const rules = { 'label-content-name-mismatch': { enabled: false } };

/** Fails when axe finds a serious or critical violation in a part of a page. */
export async function assertAccessible(where: string, page: Page | Frame, selector: string): Promise<void> {
  await page.evaluate(await readFile(script, 'utf8'));
  const options = JSON.stringify({ iframes: false, rules });
  const run = `axe.run(${JSON.stringify(selector)}, ${options}).then(({ violations }) => violations)`;
  const violations = await page.evaluate<readonly Violation[]>(run);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(
    serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
    [],
    `axe in ${where}`,
  );
}

/** The frame in which a webview draws. */
export async function innerFrame(page: Page, webview: string): Promise<Frame> {
  const inner = page.locator(webview).last().contentFrame().locator('iframe#active-frame');
  const frame = await (await inner.elementHandle())?.contentFrame();
  assert(frame, `${webview} shows a page`);
  return frame;
}
