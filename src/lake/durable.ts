import { dirname, join } from 'node:path';
import type { Logger } from '../protocol/logger.js';
import { errorCode, type FileSystem } from './fileSystem.js';

interface Durable {
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
}

/** Makes a folder that outlives a power cut, with its parents. */
export async function makeDirectory(fileSystem: FileSystem, path: string): Promise<void> {
  const topmost = await fileSystem.mkdir(path);
  if (topmost === undefined) return;
  for (let made = path; made.length >= topmost.length; made = dirname(made)) {
    await fileSystem.syncDirectory(dirname(made));
  }
}

/** Flushes a folder, and those below it that hold the named files. */
export async function syncFolders(
  fileSystem: FileSystem,
  root: string,
  files: readonly { readonly name: string }[],
): Promise<void> {
  const folders = new Set([root]);
  for (const { name } of files) {
    for (let folder = dirname(join(root, name)); folder.length > root.length; folder = dirname(folder)) {
      folders.add(folder);
    }
  }
  for (const folder of folders) await fileSystem.syncDirectory(folder);
}

/**
 * Creates `path` with a complete content, or tells by `false` that somebody else has it.
 * The content is written under `temporary` first and hard-linked, so `path` is never seen half-written.
 * Without hard links it is created and then filled: whoever finds it incomplete finds the rest under `temporary`.
 */
export async function createExclusively(
  { fileSystem, logger }: Durable,
  temporary: string,
  path: string,
  text: string,
): Promise<boolean> {
  await fileSystem.create(temporary, text);
  const created = await claim(fileSystem, temporary, path, text);
  await removeLeftover({ fileSystem, logger }, temporary);
  return created;
}

async function claim(
  fileSystem: FileSystem,
  temporary: string,
  path: string,
  text: string,
): Promise<boolean> {
  try {
    await fileSystem.link(temporary, path);
    return true;
  } catch (error) {
    // A network file system can report a link that it has made as failed.
    if (await sameFile(fileSystem, temporary, path)) return true;
    if (errorCode(error) === 'EEXIST') return false;
    if (!lacksHardLinks(error)) throw error;
  }
  return createAndFill(fileSystem, temporary, path, text);
}

async function createAndFill(
  fileSystem: FileSystem,
  temporary: string,
  path: string,
  text: string,
): Promise<boolean> {
  try {
    await fileSystem.create(path, text);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    const content = await contentOf(fileSystem, path);
    if (content === undefined || !text.startsWith(content)) throw error;
    // The name is ours from the moment it exists; on a full disk a rename still completes it.
    await fileSystem.rename(temporary, path);
    return true;
  }
}

/** Replaces a file by a complete new one. It is not flushed: after a power cut it may be damaged. */
export async function replaceFile(
  durable: Durable,
  temporary: string,
  path: string,
  text: string,
): Promise<void> {
  const { fileSystem } = durable;
  await fileSystem.mkdir(dirname(path));
  await putInPlace(durable, temporary, path, () => fileSystem.overwrite(temporary, text));
}

/** The same, but flushed: it outlives a power cut. */
export async function replaceDurably(
  durable: Durable,
  temporary: string,
  path: string,
  text: string,
): Promise<void> {
  const { fileSystem } = durable;
  await makeDirectory(fileSystem, dirname(path));
  await putInPlace(durable, temporary, path, () => fileSystem.create(temporary, text));
  await fileSystem.syncDirectory(dirname(path));
}

/** Writes under a temporary name and renames it; after a failure nothing is left of it. */
async function putInPlace(
  durable: Durable,
  temporary: string,
  path: string,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
    await durable.fileSystem.rename(temporary, path);
  } catch (error) {
    await removeLeftover(durable, temporary);
    throw error;
  }
}

/** Removes what nobody needs any more. A failure is logged: the next sweep tries again. */
export async function removeLeftover({ fileSystem, logger }: Durable, path: string): Promise<void> {
  try {
    await fileSystem.remove(path);
  } catch (error) {
    logger.warn(`Could not remove ${path}: ${error}`);
  }
}

/** Takes the right to write away from everybody, where the disk knows such rights. */
export async function makeReadOnly(
  { fileSystem, logger }: Durable,
  path: string,
  kind: 'file' | 'directory',
): Promise<void> {
  try {
    await fileSystem.chmod(path, kind === 'file' ? 0o444 : 0o555);
  } catch (error) {
    logger.debug(`${path} stays writable: ${error}`);
  }
}

/** A file's text, or undefined when there is no such file. */
export async function contentOf(fileSystem: FileSystem, path: string): Promise<string | undefined> {
  try {
    return await fileSystem.readText(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function sameFile(fileSystem: FileSystem, one: string, other: string): Promise<boolean> {
  const [first, second] = [await fileSystem.status(one), await fileSystem.status(other)];
  return first !== undefined && first.inode === second?.inode;
}

/** EISDIR is how libuv names Windows's "invalid function", which exFAT answers. */
function lacksHardLinks(error: unknown): boolean {
  return ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'EXDEV', 'EISDIR'].includes(
    errorCode(error) ?? '',
  );
}
