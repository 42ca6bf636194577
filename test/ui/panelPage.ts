import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../vscode/launch/browser.js';
import { barriersIn, bundleInto, keepPicture, serve } from './browserPages.js';
import { type Theme, themeStyles } from './themes.js';

/** Stands for the editor: it has its theme's variables, and keeps what the page says. */
const editorScript = `
const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(themeStyles())});
const set = Object.getOwnPropertyDescriptor(Document.prototype, 'adoptedStyleSheets');
Object.defineProperty(document, 'adoptedStyleSheets', { set(own) { set.set.call(document, [sheet, ...own]); } });
window.said = { violations: [], messages: [] };
document.addEventListener('securitypolicyviolation', (event) => said.violations.push(event.violatedDirective));
window.acquireVsCodeApi = () => ({ postMessage: (message) => said.messages.push(message) });
`;

/** A page of one of our panels in a real browser. */
export class PanelPage {
  readonly #faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly folder: string,
  ) {
    page.on('pageerror', (error) => this.#faults.push(error.message));
  }

  /** @param script its file in dist/ */
  static async open(script: string): Promise<PanelPage> {
    const folder = await mkdtemp(join(tmpdir(), 'ratatouille-pages-'));
    await bundleInto(folder);
    const html = `<!doctype html><html lang="en"><head><title>Panel</title></head><body class="vscode-light">
<script src="/editor.js"></script><script type="module" src="/${script}"></script></body></html>`;
    const server = await serve(folder, { '/': html, '/editor.js': editorScript });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    const panel = new PanelPage(page, browser, server, folder);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction("said.messages.some(({ kind }) => kind === 'ready')");
    return panel;
  }

  /** Sends what the editor would, and forgets what the page said before. */
  async tell(message: object): Promise<void> {
    await this.page.evaluate(`said.messages.length = 0; postMessage(${JSON.stringify(message)}, '*')`);
    await this.page.locator('main').waitFor();
  }

  messages(): Promise<readonly unknown[]> {
    return this.page.evaluate('said.messages');
  }

  async use(theme: Theme): Promise<void> {
    await this.page.evaluate(`document.body.className = 'vscode-${theme}'`);
  }

  /** What was tried against the policy, and what was thrown. */
  async complaints(): Promise<readonly string[]> {
    return [...(await this.page.evaluate<readonly string[]>('said.violations')), ...this.#faults];
  }

  barriers(): Promise<readonly string[]> {
    return barriersIn(this.page);
  }

  picture(name: string): Promise<void> {
    return keepPicture(this.page, name);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
