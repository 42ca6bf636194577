import { type ChildProcess, fork } from 'node:child_process';
import type { MessageFromKernel, MessageToKernel } from '../../protocol/kernel.js';

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to stderr. */
  readonly stderr: string;
}

export interface KernelProcess {
  send(message: MessageToKernel): void;
  kill(): void;
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<ProcessEnd>;
}

/** Libuv's four threads would let four long queries block everything else that a kernel does. */
const threadPoolSize = '16';

const keptStderr = 2000;

/**
 * Forks a kernel. It ends itself when this process dies: its channel closes then.
 *
 * @param modulePath the child's entry, bundled or compiled
 * @param onMessage called with each message, in order
 */
export function forkKernel(
  modulePath: string,
  onMessage: (message: MessageFromKernel) => void,
): KernelProcess {
  const child = fork(modulePath, [], {
    env: kernelEnvironment(process.env),
    // Those of an editor under the debugger would make both listen on one port.
    execArgv: [],
    silent: true,
    serialization: 'json',
  });
  child.on('message', (message) => onMessage(message as MessageFromKernel));
  // The engine may print progress: a pipe that nobody reads would stall it.
  child.stdout?.resume();
  return {
    send: (message) => {
      // A failed delivery means a dead process, which `ended` tells.
      child.send(message, () => {});
    },
    kill: () => child.kill('SIGKILL'),
    ended: processEnd(child),
  };
}

/**
 * The environment of a kernel: the editor's, without what is meant for the editor's own processes,
 * and with what makes Electron behave as Node.
 */
export function kernelEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !name.startsWith('VSCODE_') && name !== 'NODE_OPTIONS',
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1', UV_THREADPOOL_SIZE: threadPoolSize };
}

function processEnd(child: ChildProcess): Promise<ProcessEnd> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr = (stderr + String(chunk)).slice(-keptStderr);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, stderr: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, stderr: stderr.trim() }));
  });
}
