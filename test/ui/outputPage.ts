import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { MessageFromRenderer, MessageToRenderer } from '../../src/protocol/rendererMessages.js';
import type { ResultBlock } from '../../src/protocol/result.js';
import { launchBrowser } from '../vscode/launch/browser.js';
import { barriersIn, bundleInto, keepPicture, serve } from './browserPages.js';
import { type Theme, themeStyles } from './themes.js';

/** Stands for the editor: it loads the renderer as a notebook does and keeps what is said. */
const pageScript = `
import { activate } from '/renderer.js';
const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(themeStyles())});
document.adoptedStyleSheets = [sheet];
const said = { violations: [], messages: [], requests: [] };
document.addEventListener('securitypolicyviolation', (event) => said.violations.push(event.violatedDirective));
let listener;
const connected = activate({
  postMessage: (message) => said.messages.push(message),
  onDidReceiveMessage: (given) => { listener = given; },
});
const deaf = activate({});
window.editor = {
  said,
  show(payload, hears) {
    said.messages.length = 0;
    const host = document.createElement('div');
    document.querySelector('main').replaceChildren(host);
    const renderer = hears ? connected : deaf;
    renderer.disposeOutputItem();
    renderer.renderOutputItem({ id: 'output', json: () => payload }, host);
    return host.offsetHeight;
  },
  tell(message) { listener(message); },
  close() { connected.disposeOutputItem(); },
};
`;

const pageHtml = `<!doctype html><html lang="en"><head><title>Output</title></head>
<body class="vscode-light"><main></main><script type="module" src="/page.js"></script></body></html>`;

/** A bare page with the strictest policy in a real browser, in which outputs are drawn. */
export class OutputPage {
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly folder: string,
  ) {
    page.on('pageerror', (error) => this.faults.push(error.message));
  }

  static async open(): Promise<OutputPage> {
    const folder = await mkdtemp(join(tmpdir(), 'ratatouille-pages-'));
    await bundleInto(folder);
    const server = await serve(folder, { '/': pageHtml, '/page.js': pageScript });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    const output = new OutputPage(page, browser, server, folder);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('window.editor !== undefined');
    return output;
  }

  /** Draws the blocks as one output and gives its height at once, in pixels. */
  show(blocks: readonly ResultBlock[], { hears = true } = {}): Promise<number> {
    const payload = { version: 1, blocks, cell: 'the cell' };
    return this.page.evaluate(`editor.show(${JSON.stringify(payload)}, ${hears})`);
  }

  /** What the output asked of the editor since it was drawn. */
  messages(): Promise<readonly MessageFromRenderer[]> {
    return this.page.evaluate('editor.said.messages');
  }

  tell(message: MessageToRenderer): Promise<void> {
    return this.page.evaluate(`editor.tell(${JSON.stringify(message)})`);
  }

  async use(theme: Theme): Promise<void> {
    await this.page.evaluate(`document.body.className = 'vscode-${theme}'`);
  }

  /** What was tried against the policy, and what was thrown. */
  async complaints(): Promise<readonly string[]> {
    const violations: readonly string[] = await this.page.evaluate('editor.said.violations');
    return [...violations, ...this.faults];
  }

  /** Serious faults for who uses a screen reader or the keyboard alone. */
  async barriers(): Promise<readonly string[]> {
    return barriersIn(this.page);
  }

  /** Keeps a picture where RATATOUILLE_PICTURES says. */
  async picture(name: string): Promise<void> {
    await keepPicture(this.page, name);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
