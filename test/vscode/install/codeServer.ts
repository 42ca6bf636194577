import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { runCommand } from './commands.js';

const serverVersion = '4.139.1';
/** The server needs `module.registerHooks`, which Node 20 lacks. */
const nodeVersion = '24.21.0';

/** A VS Code server and the Node that runs it, on this machine. */
export interface CodeServer {
  readonly node: string;
  readonly main: string;
}

/**
 * Gives the VS Code server that the tests drive, installing it from npm into the user's cache the
 * first time (about a minute). Throws where npm has no server to offer: anything but Linux.
 */
export async function installCodeServer(report: (message: string) => void): Promise<CodeServer> {
  if (process.platform !== 'linux') {
    throw new Error('The VS Code server runs on Linux only; here use RATATOUILLE_VSCODE=electron.');
  }
  const home = path.join(cacheFolder(), `vscode-${serverVersion}-${nodeVersion}`);
  if (!existsSync(path.join(home, 'done'))) {
    report(`installing VS Code ${serverVersion} into ${home} (about a minute, once)`);
    await install(home);
  }
  return {
    node: path.join(home, 'node', 'bin', 'node'),
    main: path.join(home, 'vscode', 'out', 'server-main.js'),
  };
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  return path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'ratatouille');
}

/** Works in a temporary folder and moves it at the end: half an install must not pass for a whole one. */
async function install(home: string): Promise<void> {
  await mkdir(path.dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}.installing-`);
  try {
    await download(staging);
    await installModules(staging);
    await writeFile(path.join(staging, 'done'), '');
    await takePlace(staging, home);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function download(staging: string): Promise<void> {
  const nodePackage = `node-linux-${process.arch}`;
  await runCommand('npm', ['pack', `code-server@${serverVersion}`, `${nodePackage}@${nodeVersion}`], {
    cwd: staging,
  });
  await unpack(staging, 'code-server-', 'vscode', 3, ['package/lib/vscode']);
  await unpack(staging, `${nodePackage}-`, 'node', 1, ['package/bin', 'package/include']);
}

async function unpack(
  staging: string,
  prefix: string,
  folder: string,
  strip: number,
  members: readonly string[],
): Promise<void> {
  const archive = (await readdir(staging)).find((name) => name.startsWith(prefix) && name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack left no ${prefix}*.tgz in ${staging}`);
  await mkdir(path.join(staging, folder));
  const options = ['-xzf', archive, '-C', folder, `--strip-components=${strip}`];
  await runCommand('tar', [...options, ...members], { cwd: staging });
  await rm(path.join(staging, archive));
}

/**
 * spdlog is the one native module to compile: without it every output channel stays empty.
 * `npm ci` refuses the server's lockfile, and without `npm_config_nodedir` node-gyp looks for headers elsewhere.
 */
async function installModules(staging: string): Promise<void> {
  const cwd = path.join(staging, 'vscode');
  const nodeHome = path.join(staging, 'node');
  const env = {
    ...process.env,
    PATH: `${path.join(nodeHome, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: nodeHome,
  };
  await runCommand('npm', ['install', '--omit=dev', '--ignore-scripts'], { cwd });
  await runCommand('npm', ['rebuild', '@vscode/spdlog'], { cwd, env });
  await removeUnused(cwd);
}

async function removeUnused(vscode: string): Promise<void> {
  const github = path.join(vscode, 'node_modules', '@github');
  const copilot = (await readdir(github)).filter((name) => name.startsWith('copilot-sdk-linux-'));
  const unused = [
    path.join(vscode, 'extensions', 'copilot'),
    path.join(vscode, 'node_modules', '@microsoft', 'mxc-sdk'),
    ...copilot.map((name) => path.join(github, name)),
  ];
  await Promise.all(unused.map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Another process may have finished the same install meanwhile: its folder is as good. */
async function takePlace(staging: string, home: string): Promise<void> {
  try {
    await rename(staging, home);
  } catch (error) {
    if (!existsSync(path.join(home, 'done'))) throw error;
  }
}
