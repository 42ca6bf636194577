import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('lakeChild.js', import.meta.url));

/** Whoever owns nothing: root ignores modes, so what depends on them runs as this one. */
export const nobody = 65534;

export const asRoot = process.geteuid?.() === 0;

/** A child process that works on a lake. */
export interface LakeChild {
  readonly process: ChildProcess;
  /** The next line it says; rejects when it ends without one. */
  line(): Promise<string>;
  /** Waits for its end; returns the lines not yet read. Rejects when it failed. */
  end(): Promise<readonly string[]>;
}

/** Starts a task of `lakeChild`, as nobody if so asked and possible. */
export function startChild(task: string, root: string, argument = '', unprivileged = false): LakeChild {
  const user = unprivileged && asRoot ? { uid: nobody, gid: nobody } : {};
  const child = spawn(process.execPath, [script, task, root, argument], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...user,
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve();
      else reject(new Error(`${task} ended with ${code ?? signal}`));
    });
  });
  ended.catch(() => {});
  return {
    process: child,
    line: async () => {
      const { done, value } = await lines.next();
      if (done) throw new Error(`${task} ended without a word`);
      return value;
    },
    end: async () => {
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      await ended;
      return rest;
    },
  };
}
