import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { inputBox, runCommand } from './workbench.js';

const themes = [
  { name: 'light', theme: 'Light 2026', look: 'vs' },
  { name: 'dark', theme: 'Dark 2026', look: 'vs-dark' },
  { name: 'contrast', theme: 'Default High Contrast', look: 'hc-black' },
] as const;

/** What a README can carry without becoming slow. */
const largestPicture = 250_000;

/** Takes pictures of the window in each theme. */
export class Pictures {
  constructor(
    private readonly page: Page,
    /** Undefined when nobody wants to keep them. */
    private readonly folder: string | undefined,
  ) {}

  /** Throws for a picture that is too large. */
  async take(name: string): Promise<void> {
    if (this.folder !== undefined) await this.inEachTheme((theme) => this.#photograph(`${name}-${theme}`));
  }

  /** Of what is gone when the theme changes, as a list to choose from: in the theme of now. */
  async takeOnce(name: string): Promise<void> {
    await this.#photograph(`${name}-${themes[0].name}`);
  }

  async #photograph(name: string): Promise<void> {
    const { folder } = this;
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file });
    const { size } = await stat(file);
    if (size > largestPicture) throw new Error(`${file} has ${size} bytes.`);
  }

  /** Does something in each theme, and goes back to the first. */
  async inEachTheme(work: (theme: string) => Promise<void>): Promise<void> {
    for (const { name, theme, look } of themes) {
      await this.#wear(theme, look);
      await work(name);
    }
    await this.#wear(themes[0].theme, themes[0].look);
  }

  async #wear(theme: string, look: string): Promise<void> {
    const worn = this.page.locator(`.monaco-workbench.${look}`);
    if (!(await worn.isVisible())) {
      await runCommand(this.page, 'Preferences: Color Theme');
      await inputBox(this.page).fill(theme);
      await this.page.locator('.quick-input-list .monaco-list-row', { hasText: theme }).first().click();
      await worn.waitFor();
    }
    // What the mouse rests on would tell about itself in the picture.
    await this.page.mouse.move(20, 560);
    // Webviews and colours that fade follow a little later.
    await this.page.waitForTimeout(1000);
  }
}
