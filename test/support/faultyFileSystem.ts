import { writeFile } from 'node:fs/promises';
import type { FileSystem } from '../../src/lake/fileSystem.js';

/** What happens at the chosen call. */
export interface Fault {
  /** The number of the call that fails, from 1. */
  readonly at: number;
  /** `torn`: a file is written by half; other calls fail before they do anything. */
  readonly when: 'before' | 'after' | 'torn';
  /** `dies`: no later call does anything either, as after the process's end. */
  readonly process: 'goes on' | 'dies';
}

export interface FaultyFileSystem {
  readonly fileSystem: FileSystem;
  /** How many calls there were so far. */
  calls(): number;
}

type Call = (...args: readonly string[]) => Promise<unknown>;

/** Wraps a file system so that one call fails with EIO. */
export function faultyFileSystem(real: FileSystem, fault: Fault): FaultyFileSystem {
  let calls = 0;
  const wrap =
    (name: string, call: Call): Call =>
    async (...args) => {
      calls += 1;
      if (calls < fault.at || (calls > fault.at && fault.process === 'goes on')) return call(...args);
      if (calls === fault.at && fault.when === 'after') await call(...args);
      if (calls === fault.at && fault.when === 'torn') await tear(name, args);
      throw Object.assign(new Error(`EIO: call ${calls}, ${name}`), { code: 'EIO' });
    };
  const entries = Object.entries(real).map(([name, member]) => [
    name,
    typeof member === 'function' ? wrap(name, member as Call) : member,
  ]);
  return { fileSystem: Object.fromEntries(entries) as FileSystem, calls: () => calls };
}

async function tear(name: string, args: readonly string[]): Promise<void> {
  const [path = '', text = ''] = args;
  if (name === 'create') await writeFile(path, text.slice(0, text.length / 2), { flag: 'wx' });
  if (name === 'overwrite') await writeFile(path, text.slice(0, text.length / 2));
  if (name === 'copy') await writeFile(text, 'half', { flag: 'wx' });
}

/** A file system without some calls, as FAT and many network folders are. */
export function without(real: FileSystem, ...missing: readonly ('link' | 'clone' | 'chmod')[]): FileSystem {
  const refuse = async () => {
    throw Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' });
  };
  return { ...real, ...Object.fromEntries(missing.map((name) => [name, refuse])) };
}
