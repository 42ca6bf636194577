import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../rules/imports.js';

/** Whoever owns nothing: root ignores modes, so what depends on them runs as this one. */
export const nobody = 65534;

export const asRoot = process.geteuid?.() === 0;

export interface CommandOptions {
  /** Runs it as nobody where the test is root. */
  readonly unprivileged?: boolean;
  /** The shell's `ulimit -f`: no file may become longer, as on a disk that fills up. */
  readonly fileLimit?: number;
  /** Loaded before the program. */
  readonly preload?: string;
}

export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<CommandEnd>;
}

const program = join(repository, 'out/src/cli/bin.js');

/** Starts `ratatouille` in a process of its own, in a project's folder. */
export function startCommand(
  root: string,
  argv: readonly string[],
  { unprivileged = false, fileLimit, preload }: CommandOptions = {},
): CommandProcess {
  const node = [process.execPath, ...(preload === undefined ? [] : ['--import', preload]), program, ...argv];
  const limited = ['sh', '-c', `ulimit -f ${fileLimit}; exec "$@"`, 'sh', ...node];
  const [command = '', ...rest] = fileLimit === undefined ? node : limited;
  const user = unprivileged && asRoot ? { uid: nobody, gid: nobody } : {};
  // With CI=true a run may write no contract, and a person's may.
  const env = { ...process.env, CI: '' };
  const child = spawn(command, rest, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      said[name] += String(chunk);
    });
  }
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { process: child, ended };
}

/** Runs `ratatouille` to its end. */
export function runCommand(
  root: string,
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<CommandEnd> {
  return startCommand(root, argv, options).ended;
}
