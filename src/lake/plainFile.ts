import { dirname, join, relative } from 'node:path';
import type { LakeContext } from './context.js';
import { makeReadOnly, removeLeftover } from './durable.js';
import type { FileStatus } from './fileSystem.js';
import type { PlainForm, TableVersion } from './manifest.js';
import type { TableName } from './tableName.js';

/** A plain name as it should be. */
export interface WantedPlain {
  readonly table: TableName;
  readonly form: PlainForm;
  readonly directory: string;
  readonly files: TableVersion['files'];
}

/** The version's file or folder that a plain name stands for. */
export function sourceOf({ layout }: LakeContext, wanted: WantedPlain): string {
  const folder = layout.version(wanted.table, wanted.directory);
  return wanted.form === 'file' ? join(folder, wanted.files[0]?.name ?? '') : folder;
}

/** Makes a plain name's next content beside it, and returns what it is. */
export async function preparePlain(
  context: LakeContext,
  wanted: WantedPlain,
  temporary: string,
): Promise<FileStatus> {
  const { fileSystem } = context;
  const source = sourceOf(context, wanted);
  await fileSystem.mkdir(dirname(temporary));
  try {
    if (wanted.form === 'file') await duplicate(context, source, temporary);
    else await fileSystem.linkDirectory(relative(dirname(temporary), source), temporary);
    const status = await fileSystem.status(temporary);
    if (status === undefined) throw new Error(`${temporary} vanished`);
    return status;
  } catch (error) {
    await removeLeftover(context, temporary);
    throw error;
  }
}

/**
 * Puts the prepared content under the plain name: whole old or whole new for whoever opens it. Windows can't
 * rename over a junction nor over a read-only file, so a folder is missing there for a moment.
 * What somebody else put there (`foreign`) is moved aside, never lost.
 */
export async function placePlain(
  context: LakeContext,
  wanted: WantedPlain,
  temporary: string,
  foreign: boolean,
): Promise<void> {
  const { fileSystem, layout } = context;
  const path = layout.plain(wanted.table, wanted.form);
  try {
    if (foreign) await moveAside(context, wanted, path);
    else if (fileSystem.windows) await makeReplaceable(context, path);
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await removeLeftover(context, temporary);
    throw error;
  }
}

/** A copy that shares its blocks, else a hard link where that is safe, else a copy. */
async function duplicate(context: LakeContext, source: string, path: string): Promise<void> {
  const { fileSystem, logger } = context;
  const ways = (await canHardLink(context, source)) ? (['clone', 'link'] as const) : (['clone'] as const);
  for (const way of ways) {
    try {
      await fileSystem[way](source, path);
      if (way === 'clone') await makeReadOnly(context, path, 'file');
      return;
    } catch (error) {
      logger.debug(`No ${way} of ${source}: ${error}`);
      await fileSystem.remove(path);
    }
  }
  await fileSystem.copy(source, path);
  await makeReadOnly(context, path, 'file');
}

/** Root ignores the mode that keeps a version from being written through a hard link; some disks have no modes. */
async function canHardLink({ fileSystem }: LakeContext, source: string): Promise<boolean> {
  return fileSystem.modesBind && (await fileSystem.status(source))?.readOnly === true;
}

async function moveAside({ fileSystem, layout, logger }: LakeContext, wanted: WantedPlain, path: string) {
  if ((await fileSystem.status(path)) === undefined) return;
  const aside = layout.outside(wanted.table, wanted.form);
  await fileSystem.mkdir(dirname(aside));
  await fileSystem.remove(aside);
  await fileSystem.rename(path, aside);
  logger.warn(`What another program had put at ${path} is now at ${aside}.`);
}

async function makeReplaceable({ fileSystem }: LakeContext, path: string): Promise<void> {
  const status = await fileSystem.status(path);
  if (status?.kind === 'link') await fileSystem.remove(path);
  if (status?.kind === 'file') await fileSystem.chmod(path, 0o666);
}
