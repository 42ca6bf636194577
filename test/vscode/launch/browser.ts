import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const knownPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the machine's own Chromium; throws with what to do where there is none. */
export async function launchBrowser(): Promise<Browser> {
  const { RATATOUILLE_CHROMIUM } = process.env;
  const executablePath = RATATOUILLE_CHROMIUM ?? knownPaths.find((candidate) => existsSync(candidate));
  if (executablePath === undefined) {
    throw new Error(
      'The editor tests need Chromium: `sudo apt-get install --no-install-recommends chromium`, ' +
        'or give its path in RATATOUILLE_CHROMIUM.',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      // Chromium refuses to run as root, as in a container, with its sandbox on.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
