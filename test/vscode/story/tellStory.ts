import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installCodeServer } from '../install/codeServer.js';
import { runCommand } from '../install/commands.js';
import { launchBrowser } from '../launch/browser.js';
import type { TestResult } from '../launch/report.js';
import { startServer } from '../launch/server.js';
import { Story } from './story.js';
import { tellChapters } from './tellChapters.js';

/** How the story is told. */
export interface Telling {
  readonly repository: string;
  /** Where pictures go; undefined when nobody wants to keep them. */
  readonly pictures: string | undefined;
}

/**
 * Packages the extension, installs the package in a clean profile that asks for trust, and goes through the
 * first fifteen minutes.
 */
export async function tellStory(
  { repository, pictures }: Telling,
  log: (message: string) => void,
): Promise<readonly TestResult[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'ratatouille-story-'));
  try {
    const vsix = path.join(home, 'ratatouille.vsix');
    await runCommand(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: repository });
    const person = path.join(home, 'person');
    await mkdir(person);
    const code = await installCodeServer(log);
    const server = await startServer(code, { vsix, asksForTrust: true, welcomes: true, theme: 'Light 2026' });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
      const story = new Story({ page, server, home: person, pictures });
      const results = await tellChapters('the story', story.chapters, log, () =>
        page.screenshot({ path: path.join(tmpdir(), 'ratatouille-story-failed.png') }),
      );
      log(`\n  The first fifteen minutes, the machine's part:\n${story.stopwatch}`);
      return results;
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
