import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { repository } from '../rules/imports.js';

/** Nothing but our own files: no text becomes code, no style attribute, no image, no request. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'none'",
  "connect-src 'none'",
  "img-src 'none'",
  "base-uri 'none'",
].join('; ');

/** The pages as people get them, from the sources of now. */
export async function bundleInto(folder: string): Promise<void> {
  const script = pathToFileURL(join(repository, 'scripts', 'bundle.mjs')).href;
  const { bundlePages }: { bundlePages(folder: string): Promise<void> } = await import(script);
  await bundlePages(folder);
}

/** Serves a folder and pages that are made here, under the strictest policy. */
export async function serve(folder: string, made: Readonly<Record<string, string>>): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const type = url === '/' ? 'text/html' : 'text/javascript';
    const content = made[url] ?? (await readFile(join(folder, url.slice(1))).catch(() => undefined));
    response.writeHead(content === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious faults for who uses a screen reader or the keyboard alone. */
export async function barriersIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(`axe.run('main', { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);
}

/** Keeps a picture where RATATOUILLE_PICTURES says. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const { RATATOUILLE_PICTURES } = process.env;
  if (RATATOUILLE_PICTURES === undefined) return;
  await page.screenshot({ path: join(RATATOUILLE_PICTURES, `${name}.png`), fullPage: true });
}
