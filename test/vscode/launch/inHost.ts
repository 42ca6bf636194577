import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTests } from '@vscode/test-electron';
import { installCodeServer } from '../install/codeServer.js';
import { launchBrowser } from './browser.js';
import { type MochaReport, readReport, type TestResult } from './report.js';
import { type RunningServer, startServer } from './server.js';

/** What the suite inside the extension host needs. */
export interface SuiteRun {
  /** The extension's folder, built. */
  readonly extension: string;
  /** The bundled suite, a CommonJS file that exports `run()`. */
  readonly suite: string;
  /** The folder to open. */
  readonly project: string;
  /** Where Mocha's report goes. */
  readonly report: string;
}

const patienceMs = 240_000;

/** Runs the suite in the extension host of the desktop's VS Code, which is downloaded once. */
export async function runInElectron(run: SuiteRun): Promise<readonly TestResult[]> {
  await rm(run.report, { force: true });
  const ended = await runTests({
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: run.suite,
    extensionTestsEnv: { RATATOUILLE_SUITE_REPORT: run.report },
    launchArgs: [run.project, '--disable-extensions', '--disable-workspace-trust'],
  }).catch((error: unknown) => error);
  const report = await tryReadReport(run.report);
  if (report === undefined) throw new Error(`VS Code ended (${ended}) without a report.`);
  return readReport(report);
}

/** Runs the suite in the extension host of a VS Code server, whose workbench a browser loads. */
export async function runInServer(
  run: SuiteRun,
  log: (message: string) => void,
): Promise<readonly TestResult[]> {
  await rm(run.report, { force: true });
  const code = await installCodeServer(log);
  const server = await startServer(code, { environment: { RATATOUILLE_SUITE_REPORT: run.report } });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(
      server.pageUrl(run.project, [
        ['extensionDevelopmentPath', server.remoteUri(run.extension)],
        ['extensionTestsPath', server.remoteUri(run.suite)],
      ]),
    );
    return readReport(await waitForReport(run.report, server));
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function waitForReport(file: string, server: RunningServer): Promise<MochaReport> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const report = await tryReadReport(file);
    if (report !== undefined) return report;
    await sleep(300);
  }
  throw new Error(`The suite in the extension host gave no report.\n${await readLogs(server.logs)}`);
}

/** The page reports nothing: a file that parses is the sign that the suite has ended. */
async function tryReadReport(file: string): Promise<MochaReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as MochaReport;
  } catch {
    return undefined;
  }
}

async function readLogs(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = names.filter((name) => path.basename(name) === 'remoteexthost.log');
  const texts = await Promise.all(logs.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.join('\n').slice(-6000);
}
