import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ProblemError, problem } from '../../protocol/problem.js';
import { isSkippedName } from '../landingFiles.js';
import { isSystemError } from '../systemError.js';
import type { IncomingFile } from './incomingFile.js';
import { notReadable } from './kind.js';

/** A copy under a name that no pattern of `landing()` matches. */
export interface UnfinishedCopy {
  /** Absolute. */
  readonly path: string;
  /** Gives the copy its name: from then on it is data. */
  finish(): Promise<void>;
  /** Leaves landing as it was. */
  abandon(): Promise<void>;
}

/**
 * Makes sure that a file would be alone in its landing folder; its own content may be there already.
 * Throws a ProblemError `data.exists`.
 */
export async function requireFreeFolder(landing: string, incoming: IncomingFile): Promise<void> {
  const folder = join(landing, dirname(incoming.landingPath));
  const own = basename(incoming.landingPath);
  for (const name of await namesIn(folder)) {
    if (isSkippedName(name)) continue;
    if (name !== own) throw occupied(incoming, name);
    if (!(await haveSameBytes(incoming.file, join(folder, name)))) throw occupied(incoming, name);
  }
}

/** Copies a file beside its later place, whole and on the disk. Throws a ProblemError `data.unreadable`. */
export async function copyIntoLanding(landing: string, incoming: IncomingFile): Promise<UnfinishedCopy> {
  const target = join(landing, incoming.landingPath);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.${randomUUID()}.part`);
  const abandon = async () => {
    await rm(path, { force: true });
    // Somebody else's file keeps the folder.
    await rmdir(folder).catch(() => {});
  };
  try {
    await copyFile(incoming.file, path, constants.COPYFILE_FICLONE);
    await flush(path);
  } catch (error) {
    await abandon();
    throw notReadable(incoming.file, error);
  }
  return { path, abandon, finish: () => rename(path, target) };
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

async function haveSameBytes(first: string, second: string): Promise<boolean> {
  const others = createReadStream(second)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for await (const chunk of createReadStream(first) as AsyncIterable<Buffer>) {
    const { value, done } = await others.next();
    if (done === true || !chunk.equals(value)) return false;
  }
  return (await others.next()).done === true;
}

function occupied({ landingPath, table }: IncomingFile, name: string): ProblemError {
  const folder = dirname(landingPath);
  const what =
    name === basename(landingPath)
      ? `data/landing/${landingPath} is there already, with other content`
      : `data/landing/${folder} holds another file already, ${name}`;
  return new ProblemError(
    problem('data.exists', `${what}.`, {
      hint: `Choose another name for the table than ${table}. If the rows belong to the table that is made of that folder, copy the file into the folder yourself.`,
    }),
  );
}
