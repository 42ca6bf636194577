import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errorCode } from './fileSystem.js';

/** What tells one process from every other, as far as the platform says it. */
export interface ProcessIdentity {
  readonly host: string;
  /** Linux: changes at every start of the machine. */
  readonly boot?: string;
  /** Linux: process ids of two containers can't be compared. */
  readonly namespace?: string;
  readonly pid: number;
  /** Linux: when it started, in clock ticks since boot; tells a process from a later one with its id. */
  readonly started?: string;
}

/** Knows this process, and whether another one is certainly gone. */
export interface Processes {
  self(): Promise<ProcessIdentity>;
  /** True only when that is sure; a process of another host is never known to be gone. */
  isGone(other: ProcessIdentity): Promise<boolean>;
}

/** The processes of this machine. */
export function localProcesses(): Processes {
  let known: Promise<ProcessIdentity> | undefined;
  const self = () => {
    known ??= identify();
    return known;
  };
  return { self, isGone: async (other) => isGone(await self(), other) };
}

async function identify(): Promise<ProcessIdentity> {
  const [boot, namespace, stat] = await Promise.all([
    linuxFact(() => readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    linuxFact(() => readlink('/proc/self/ns/pid')),
    processStat(process.pid),
  ]);
  return {
    host: hostname(),
    ...(boot === undefined ? {} : { boot }),
    ...(namespace === undefined ? {} : { namespace }),
    pid: process.pid,
    ...(stat === undefined ? {} : { started: stat.started }),
  };
}

async function isGone(self: ProcessIdentity, other: ProcessIdentity): Promise<boolean> {
  if (other.host !== self.host) return false;
  if (self.boot !== undefined && other.boot !== undefined && self.boot !== other.boot) return true;
  if (other.namespace !== self.namespace || other.boot !== self.boot) return false;
  if (!exists(other.pid)) return true;
  if (other.started === undefined) return false;
  const stat = await processStat(other.pid);
  return stat !== undefined && (stat.ended || stat.started !== other.started);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Fields 3 (state; Z and X have ended but were not collected) and 22 (start time), see proc_pid_stat(5). */
async function processStat(pid: number): Promise<{ started: string; ended: boolean } | undefined> {
  const stat = await linuxFact(() => readFile(`/proc/${pid}/stat`, 'utf8'));
  // The second field is a name in parentheses, which may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields?.[0], fields?.[19]];
  if (state === undefined || started === undefined) return undefined;
  return { started, ended: state === 'Z' || state === 'X' };
}

/** Other platforms have no `/proc`, and some containers hide parts of it. */
async function linuxFact(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return (await read()).trim();
  } catch {
    return undefined;
  }
}
