import { tmpdir } from 'node:os';
import path from 'node:path';
import { installCodeServer } from '../install/codeServer.js';
import { launchBrowser } from '../launch/browser.js';
import type { TestResult } from '../launch/report.js';
import { startServer } from '../launch/server.js';
import { tellChapters } from '../story/tellChapters.js';
import { longFolder, writeLongProject } from '../support/longProject.js';
import { NarrowWindow } from './narrowWindow.js';

/** What is looked at, and where pictures go. */
export interface NarrowRun {
  readonly extension: string;
  /** A folder for the project. */
  readonly work: string;
  /** Undefined when nobody wants to keep them. */
  readonly pictures: string | undefined;
}

/** Works in a window of 900 pixels, by keyboard alone, with names as long as they may be. */
export async function lookNarrowly(
  { extension, work, pictures }: NarrowRun,
  log: (message: string) => void,
): Promise<readonly TestResult[]> {
  const project = path.join(work, longFolder);
  await writeLongProject(project);
  const server = await startServer(await installCodeServer(log), { theme: 'Light 2026' });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 900, height: 800 }, deviceScaleFactor: 1 });
    await page.goto(server.pageUrl(project, [['extensionDevelopmentPath', server.remoteUri(extension)]]));
    const { chapters } = new NarrowWindow(page, project, pictures);
    return await tellChapters('a narrow window', chapters, log, () =>
      page.screenshot({ path: path.join(tmpdir(), 'ratatouille-narrow-failed.png') }),
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}
