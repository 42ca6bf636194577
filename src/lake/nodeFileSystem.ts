import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, type FileStatus, type FileSystem } from './fileSystem.js';

const windows = process.platform === 'win32';

/** The real file system. On Windows, calls that a reader or a virus scanner blocks are tried again for a while. */
export const nodeFileSystem: FileSystem = {
  windows,
  modesBind: process.geteuid?.() !== 0,
  mkdir: (path) => mkdir(path, { recursive: true }),
  readText: (path) => readFile(path, 'utf8'),
  sha256,
  create: createFile,
  overwrite: (path, text) => writeFile(path, text),
  syncFile: (path) => syncOpened(path, windows ? 'r+' : 'r'),
  syncDirectory,
  link: (existing, path) => link(existing, path),
  linkDirectory: (target, path) => symlink(target, path, windows ? 'junction' : 'dir'),
  readLink: (path) => readlink(path),
  rename: (from, to) => retryBusy(windows, () => rename(from, to)),
  remove: (path) => retryBusy(windows, () => remove(path)),
  clone: (from, to) => copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL),
  copy: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL),
  status,
  list,
  chmod: (path, mode) => chmod(path, mode),
};

const busyCodes = new Set(['EPERM', 'EBUSY', 'EACCES']);

/**
 * Calls `operation`, and again with growing pauses (about 3 s in all) while it fails as Windows does for a
 * file that somebody has open. Throws the last failure.
 */
export async function retryBusy<T>(retry: boolean, operation: () => Promise<T>, pauseMs = 10): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      if (!retry || attempt === 9 || !busyCodes.has(errorCode(error) ?? '')) throw error;
      await delay(pauseMs * 2 ** (attempt - 1));
    }
  }
}

const readAtOnce = 262_144;

/** About 1 GB/s: one reused buffer costs half of what a stream does. */
async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(readAtOnce);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, readAtOnce, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

async function createFile(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  if (windows) return;
  try {
    await syncOpened(path, 'r');
  } catch (error) {
    // Some network and user-space file systems have no fsync for folders.
    if (!['EINVAL', 'ENOTSUP', 'EISDIR'].includes(errorCode(error) ?? '')) throw error;
  }
}

async function syncOpened(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function remove(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (!busyCodes.has(errorCode(error) ?? '')) throw error;
    await makeWritable(path);
    await rm(path, { recursive: true, force: true });
  }
}

/** A read-only folder keeps its files from being removed. */
async function makeWritable(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o755);
  for (const name of await readdir(path)) await makeWritable(join(path, name));
}

async function status(path: string): Promise<FileStatus | undefined> {
  try {
    const stats = await lstat(path);
    return {
      kind: kindOf(stats),
      bytes: stats.size,
      modifiedMs: Math.floor(stats.mtimeMs),
      inode: stats.ino,
      readOnly: (stats.mode & 0o222) === 0,
    };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

function kindOf(stats: Stats): FileStatus['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

async function list(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
