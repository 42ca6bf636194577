import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CodeServer } from '../install/codeServer.js';
import { runCommand } from '../install/commands.js';

/** A VS Code that serves its workbench on this machine alone, with folders of its own. */
export interface RunningServer {
  readonly port: number;
  /** The workbench with a folder open and an extension under development loaded. */
  pageUrl(folder: string, payload: readonly (readonly [string, string])[]): string;
  /** A path of this machine, as the workbench names it. */
  remoteUri(file: string): string;
  /** The workbench without a folder, as after its first start. */
  readonly emptyUrl: string;
  readonly logs: string;
  stop(): Promise<void>;
}

const settings = {
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  // On in a browser: a test could not tell what changed a file.
  'files.autoSave': 'off',
};

export interface ServerOptions {
  readonly theme?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** A packaged extension to install before the start: one installed later is not seen. */
  readonly vsix?: string;
  /** Whether it opens its own Welcome page, as everybody's does. */
  readonly welcomes?: boolean;
  /** Whether folders have to be trusted before their code runs, as on everybody's machine. */
  readonly asksForTrust?: boolean;
}

/** Starts the server on a free port and waits until it answers. */
export async function startServer(server: CodeServer, options: ServerOptions = {}): Promise<RunningServer> {
  const home = await mkdtemp(path.join(tmpdir(), 'ratatouille-vscode-'));
  const user = path.join(home, 'user');
  await mkdir(path.join(user, 'User'), { recursive: true });
  await writeFile(path.join(user, 'User', 'settings.json'), JSON.stringify(settingsOf(options)));
  if (options.vsix !== undefined) await installExtension(server, home, options.vsix);
  const port = await freePort();
  const child = spawn(server.node, [server.main, ...serverArguments(home, port, options)], {
    // A group of its own: an extension host that is still starting outlives its server otherwise.
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...options.environment },
  });
  const stop = async () => {
    await endGroup(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  await answers(port, child).catch(async (error) => {
    await stop();
    throw error;
  });
  return { port, logs: path.join(user, 'logs'), stop, ...addresses(port) };
}

function settingsOf({ theme = 'Dark 2026', welcomes = false }: ServerOptions) {
  const startupEditor = welcomes ? {} : { 'workbench.startupEditor': 'none' };
  return { ...settings, ...startupEditor, 'workbench.colorTheme': theme };
}

function serverArguments(home: string, port: number, options: ServerOptions): readonly string[] {
  return [
    '--accept-server-license-terms',
    ...folderArguments(home),
    ...['--host', '127.0.0.1', '--port', String(port)],
    '--without-connection-token',
    '--disable-telemetry',
    ...(options.asksForTrust === true ? [] : ['--disable-workspace-trust']),
    // Without it a built VS Code ignores what the page's payload says of extensions and tests; with it
    // no notification shows.
    ...(options.vsix === undefined ? ['--enable-smoke-test-driver'] : []),
  ];
}

function folderArguments(home: string): readonly string[] {
  return [
    ...['--server-data-dir', path.join(home, 'server')],
    ...['--user-data-dir', path.join(home, 'user')],
    ...['--extensions-dir', path.join(home, 'extensions')],
  ];
}

async function installExtension(server: CodeServer, home: string, vsix: string): Promise<void> {
  const install = ['--accept-server-license-terms', ...folderArguments(home), '--install-extension', vsix];
  await runCommand(server.node, [server.main, ...install], { cwd: home });
}

function addresses(port: number): Pick<RunningServer, 'pageUrl' | 'emptyUrl' | 'remoteUri'> {
  return {
    emptyUrl: `http://127.0.0.1:${port}/?ew=true`,
    pageUrl: (folder, payload) =>
      `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    remoteUri: (file) => `vscode-remote://127.0.0.1:${port}${file}`,
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`VS Code ended with exit code ${child.exitCode}.`);
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(200);
  }
  throw new Error('VS Code did not answer within a minute.');
}

async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signalGroup(pid, 'SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await Promise.race([ended, sleep(3000)]);
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
