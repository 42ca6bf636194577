import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Truth } from '../../src/scaffold/sampleData/truth.js';
import { launchBrowser } from '../vscode/launch/browser.js';
import { attempt, freePort, repository, run } from './commands.js';
import { logIn, outputsOf, runAll, seeAtEnd, waitForGuide } from './editorPage.js';
import { personsProject, removeProject } from './project.js';
import { Stopwatch } from './stopwatch.js';

/** What is known of a process from inside the container. */
const insideScript =
  'id -u; grep -E "^(CapEff|CapPrm|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; ' +
  'for file in /x /opt/extensions/x /usr/local/bin/x; do touch "$file" 2>/dev/null && echo "wrote $file"; done; true';

describe('the container', () => {
  let stopwatch: Stopwatch;
  const pictures = process.env.RATATOUILLE_PICTURES;
  let project: string;
  let env: Record<string, string>;
  let browser: Browser;
  let password: string;

  const compose = (...args: readonly string[]) =>
    run('docker', ['compose', ...args], { directory: project, env });
  const inside = (...args: readonly string[]) => compose('exec', '-T', 'editor', ...args);
  const address = () => `http://127.0.0.1:${env.RATATOUILLE_PORT}/`;
  const passwordIn = (log: string) => /Password: +(\S+) +\(made just now/.exec(log)?.[1];
  const newPage = () => browser.newPage({ viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 2 });
  const picture = async (page: Page, name: string) => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  };

  before(async () => {
    stopwatch = new Stopwatch();
    project = await personsProject('Test of the container');
    // A variable of whoever runs the tests must not choose the container's.
    env = { RATATOUILLE_PORT: String(await freePort()), RATATOUILLE_PASSWORD: '', RATATOUILLE_UID: '1000' };
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await attempt('docker', ['compose', 'down', '--volumes'], { directory: project, env });
    removeProject(project);
    stopwatch.print();
  });

  it('has an image, made from the package', async () => {
    await run(process.execPath, ['scripts/package.mjs']);
    const output = await run(process.execPath, ['dist/cli.cjs', 'image', 'build', '--json']);
    stopwatch.lap('image');
    assert.match(output, /"image": "ratatouille:\d/);
  });

  if (process.env.RATATOUILLE_DEEP === '1') {
    it('can be made from source by Docker alone', async () => {
      await run('docker', ['compose', 'build'], { env: { COMPOSE_PROJECT_NAME: 'ratatouille-test' } });
      stopwatch.lap('image from source');
    });
  }

  it('has a compose file in the checkout that Docker can read', async () => {
    await run('docker', ['compose', 'config', '-q']);
    await run('docker', ['compose', 'config', '-q'], { env: { RATATOUILLE_PROJECT: './demo' } });
  });

  it('starts and is healthy', async () => {
    await compose('config', '-q');
    await compose('up', '--detach', '--wait');
    stopwatch.lap('up');
    password = passwordIn(await compose('logs', 'editor')) ?? assert.fail('No password was printed.');
    assert(password.length >= 20);
  });

  it('holds nothing that a fault could use', async () => {
    assert.deepEqual((await inside('sh', '-c', insideScript)).trim().split(/\n/), [
      '1000',
      'CapPrm:\t0000000000000000',
      'CapEff:\t0000000000000000',
      'CapBnd:\t0000000000000000',
      'NoNewPrivs:\t1',
      'Seccomp:\t2',
    ]);
  });

  it('is bounded and listens on this machine alone', async () => {
    const name = (await compose('ps', '--quiet')).trim();
    const [{ HostConfig: limits }] = JSON.parse(await run('docker', ['inspect', name]));
    assert.equal(limits.ReadonlyRootfs, true);
    assert.deepEqual([limits.PidsLimit, limits.Memory], [1000, 4 * 2 ** 30]);
    assert.deepEqual(limits.PortBindings['8080/tcp'], [
      { HostIp: '127.0.0.1', HostPort: env.RATATOUILLE_PORT },
    ]);
  });

  it('has the extension and its command', async () => {
    const listed = await inside('code-server', '--extensions-dir', '/opt/extensions', '--list-extensions');
    assert.match(listed, /^ratatouille\.ratatouille$/m);
    const { version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
    assert.equal((await inside('ratatouille', '--version')).trim(), version);
  });

  it('lets nobody in without the password', async () => {
    const answer = await fetch(`${address()}?folder=/workspace`, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')?.includes('/login')], [302, true]);
    assert.equal(await accepts('password'), false);
  });

  it('opens the guide, which runs to the answer', async () => {
    const page = await newPage();
    await logIn(page, address(), password);
    stopwatch.lap('log in');
    await waitForGuide(page, '01_getting_started.ratnb');
    await picture(page, 'container-guide');
    await runAll(page);
    const outputs = outputsOf(page);
    await seeAtEnd(page, outputs.locator('.chart svg', { hasText: '2026-01-04' }));
    // The rows below a chart are folded.
    await outputs.locator('td', { hasText: '4367.25' }).last().waitFor({ state: 'attached' });
    stopwatch.lap('guide to gold');
    await picture(page, 'container-gold');
    await page.close();
    const { sales } = JSON.parse(readFileSync(path.join(project, 'data/truth.json'), 'utf8')) as Truth;
    assert.equal(await revenue(), (sales.revenueCents / 100).toFixed(2));
  });

  it('has everything after it was stopped and started', async () => {
    await compose('down');
    stopwatch.lap('down');
    assert(existsSync(path.join(project, 'data/gold/daily_sales.parquet')));
    const before = await readDisk();
    await compose('up', '--detach', '--wait');
    stopwatch.lap('up again');
    assert.equal(passwordIn(await compose('logs', 'editor')), undefined);
    assert.equal(await accepts(password), true);
    assert.match(await inside('ratatouille', 'run'), /0 built, 9 skipped/);
    assert.equal(await readDisk(), before);
  });

  it('takes a password of the person’s own', async () => {
    await compose('down');
    env.RATATOUILLE_PASSWORD = 'my own, with spaces & "quotes"';
    await compose('up', '--detach', '--wait');
    assert.deepEqual([await accepts(env.RATATOUILLE_PASSWORD), await accepts(password)], [true, false]);
    const log = await compose('logs', 'editor');
    assert(!log.includes(env.RATATOUILLE_PASSWORD) && !log.includes(password));
  });

  it('says what to do for a folder of somebody else', async () => {
    env.RATATOUILLE_UID = '1234';
    const { code } = await attempt('docker', ['compose', 'up', '--detach', '--wait'], {
      directory: project,
      env,
    });
    assert.notEqual(code, 0);
    assert.match(
      await compose('logs', 'editor'),
      /RATATOUILLE_UID=1000 RATATOUILLE_GID=1000 docker compose up/,
    );
  });

  /** Tells whether the page before the editor lets this password through. */
  async function accepts(attempted: string): Promise<boolean> {
    const body = new URLSearchParams({ password: attempted });
    const { status } = await fetch(`${address()}login`, { method: 'POST', body, redirect: 'manual' });
    return status === 302;
  }

  async function revenue(): Promise<string> {
    const sql = 'SELECT sum(revenue) AS revenue FROM gold.daily_sales';
    return (await inside('ratatouille', 'query', sql, '--format', 'csv')).match(/\d+\.\d+/)?.[0] ?? '';
  }

  /** What of the lake must outlive the container. */
  function readDisk(): Promise<string> {
    return run('sh', ['-c', 'ls -lR data notebooks contracts .ratatouille/versions'], { directory: project });
  }
});
