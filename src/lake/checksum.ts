import { join } from 'node:path';
import type { LakeContext } from './context.js';
import { errorCode } from './fileSystem.js';
import type { KeptVersion, Manifest, TableEntry, VersionFile } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName, type TableName } from './tableName.js';

/**
 * Reads the files of a version and says in words which one no longer holds what was published; undefined when all
 * do, and for those whose manifest has no checksum.
 */
export async function alteredFile(
  context: LakeContext,
  table: TableName,
  { directory, files }: KeptVersion,
): Promise<string | undefined> {
  if (directory === undefined) return undefined;
  return alteredIn(context, context.layout.version(table, directory), files);
}

/** The same for any folder of files that a manifest describes. */
export async function alteredIn(
  context: LakeContext,
  folder: string,
  files: readonly VersionFile[],
): Promise<string | undefined> {
  for (const { name, sha256 } of files) {
    const path = join(folder, name);
    const reason = sha256 === undefined ? undefined : await difference(context, path, sha256);
    if (reason !== undefined) return `${name} ${reason}`;
  }
  return undefined;
}

/** A bad sector, or a file that is gone, is damage; that this process may not read a file says nothing about it. */
async function difference(
  { fileSystem, logger }: LakeContext,
  path: string,
  sha256: string,
): Promise<string | undefined> {
  try {
    const isSame = (await fileSystem.sha256(path)) === sha256;
    return isSame ? undefined : 'has other bytes than those that were published';
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (['ENOENT', 'EISDIR', 'EIO'].includes(code)) return `can't be read (${code})`;
    if (!['EACCES', 'EPERM'].includes(code)) throw error;
    logger.warn(`The bytes of ${path} were not compared: ${error}`);
    return undefined;
  }
}

/**
 * The entries of tables whose current version was made by the run that committed last and has other bytes than it
 * published, each marked so that its table is built again. For the start after a run that did not end.
 */
export async function markAltered(context: LakeContext, manifest: Manifest): Promise<readonly TableEntry[]> {
  const latest = Object.values(manifest.tables).filter(
    ({ version }) => version.run === manifest.run && version.damaged === undefined,
  );
  const marked = await inParallel(latest, fileCallsAtOnce, async (entry) => {
    const { name, version } = entry;
    const damaged = await alteredFile(context, parseTableName(name), version);
    if (damaged === undefined) return [];
    context.logger.warn(`Version ${version.version} of ${name} is damaged: ${damaged}.`);
    return [{ ...entry, version: { ...version, damaged } }];
  });
  return marked.flat();
}
