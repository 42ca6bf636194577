import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type Problem, ProblemError, warning } from '../protocol/problem.js';
import { lastVersionOf } from './changes.js';
import type { LakeContext } from './context.js';
import { damagedVersion, damageOfVersion } from './damage.js';
import { contentOf, makeDirectory, makeReadOnly, removeLeftover, syncFolders } from './durable.js';
import { versionDirectory } from './layout.js';
import type { KeptVersion, TableEntry, VersionFile } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName, type TableName, tableKey } from './tableName.js';
import { recordIn } from './versionRecord.js';

declare const state: unique symbol;

/** A table whose versions also have a place under its new name. Only {@link linkVersions} makes one. */
export interface Renamed {
  readonly [state]: 'renamed';
  /** The old name's key. */
  readonly from: string;
  /** As the next manifest has it. */
  readonly entry: TableEntry;
  /** A warning for each earlier version that was left behind. */
  readonly problems: readonly Problem[];
}

/**
 * Gives every kept version of a table a folder under another name, by hard links, else by copies: the old
 * folders stay for whoever reads an earlier generation. An earlier version that is damaged is left behind.
 * Throws a ProblemError `lake.damaged` when the current one is, and the signal's reason when it is aborted; it
 * leaves nothing then.
 */
export async function linkVersions(
  context: LakeContext,
  entry: TableEntry,
  name: string,
  signal?: AbortSignal,
): Promise<Renamed> {
  const [from, to] = [parseTableName(entry.name), parseTableName(name)];
  const reason = await damageOfVersion(context, from, entry.version);
  if (reason !== undefined) throw new ProblemError(damagedVersion(entry.name, entry.version, reason));
  const looked = await inParallel(entry.earlier, fileCallsAtOnce, async (version) => ({
    version,
    damage: await damageOfVersion(context, from, version),
  }));
  const sound = looked.flatMap(({ version, damage }) => (damage === undefined ? [version] : []));
  const problems = looked.flatMap(({ version, damage }) =>
    damage === undefined ? [] : [leftBehind(entry.name, version, damage)],
  );
  const named = [entry.version, ...sound].map((version) => ({ version, directory: unused(version) }));
  try {
    const [version, ...earlier] = await inParallel(named, fileCallsAtOnce, async (each) => {
      return { ...each.version, ...(await linkVersion(context, each, { from, to, signal })) };
    });
    const lastVersion = lastVersionOf(entry);
    const renamed = { ...entry, name, version: { ...entry.version, ...version }, earlier, lastVersion };
    return { from: tableKey(from), entry: renamed, problems } as unknown as Renamed;
  } catch (error) {
    for (const { directory } of named) await removeVersion(context, to, directory);
    throw error;
  }
}

/** Removes what {@link linkVersions} made, when it was certainly not committed. */
export async function unlinkVersions(context: LakeContext, { entry }: Renamed): Promise<void> {
  for (const { directory } of [entry.version, ...entry.earlier]) {
    await removeVersion(context, parseTableName(entry.name), directory);
  }
}

/** A table that had this name before may have left folders that are still kept. */
function unused({ version, directory }: KeptVersion): string | undefined {
  return directory === undefined ? undefined : versionDirectory(version, randomBytes(4).toString('hex'));
}

function leftBehind(name: string, { version }: KeptVersion, reason: string): Problem {
  return warning('lake.damaged', `Version ${version} of ${name} was left behind: ${reason}.`, {
    hint: 'All others have the new name. What is left of it stays for about twenty runs that publish something.',
  });
}

/** What is linked where. */
interface Linking {
  readonly from: TableName;
  readonly to: TableName;
  readonly signal: AbortSignal | undefined;
}

interface NamedVersion {
  readonly version: KeptVersion;
  readonly directory: string | undefined;
}

async function linkVersion(
  context: LakeContext,
  { version, directory: next }: NamedVersion,
  { from, to, signal }: Linking,
): Promise<Partial<Pick<KeptVersion, 'directory' | 'files' | 'quarantine' | 'rejects'>>> {
  const { fileSystem, layout, logger } = context;
  const { directory, plain, files, quarantine, rejects } = version;
  if (directory === undefined || next === undefined) return {};
  const folder = layout.version(to, next);
  const linked = await linkFolder(context, layout.version(from, directory), folder, files, signal);
  if (plain === 'directory') await makeReadOnly(context, folder, 'directory');
  if (recordIn(version) === undefined) {
    const record = await contentOf(fileSystem, layout.versionRecord(from, directory));
    if (record !== undefined) await fileSystem.create(layout.versionRecord(to, next), record);
    else logger.warn(`Version ${version.version} can be read but not restored: its record is missing.`);
  }
  await fileSystem.syncDirectory(dirname(folder));
  const rejected = [layout.rejects(from, directory), layout.rejects(to, next)] as const;
  return {
    ...(rejects && {
      rejects: { ...rejects, files: await linkFolder(context, ...rejected, rejects.files, signal) },
    }),
    directory: next,
    files: linked,
    quarantine: await linkFolder(
      context,
      layout.quarantine(from, directory),
      layout.quarantine(to, next),
      quarantine,
      signal,
    ),
  };
}

async function linkFolder(
  context: LakeContext,
  from: string,
  to: string,
  files: readonly VersionFile[],
  signal: AbortSignal | undefined,
): Promise<readonly VersionFile[]> {
  if (files.length === 0) return [];
  const { fileSystem } = context;
  await makeDirectory(fileSystem, to);
  const linked = await inParallel(files, fileCallsAtOnce, async (file) => {
    signal?.throwIfAborted();
    const path = join(to, file.name);
    await fileSystem.mkdir(dirname(path));
    await linkFile(context, join(from, file.name), path);
    const status = await fileSystem.status(path);
    if (status === undefined) throw new Error(`${path} vanished`);
    const { modifiedMs, inode } = status;
    return { ...file, modifiedMs, inode };
  });
  await syncFolders(fileSystem, to, files);
  return linked;
}

async function linkFile(context: LakeContext, from: string, to: string): Promise<void> {
  const { fileSystem, logger } = context;
  try {
    await fileSystem.link(from, to);
    return;
  } catch (error) {
    logger.debug(`No link of ${from}: ${error}`);
    await fileSystem.remove(to);
  }
  await fileSystem.copy(from, to);
  await fileSystem.syncFile(to);
  await makeReadOnly(context, to, 'file');
}

async function removeVersion(context: LakeContext, table: TableName, directory: string | undefined) {
  if (directory === undefined) return;
  const { layout } = context;
  await removeLeftover(context, layout.version(table, directory));
  await removeLeftover(context, layout.versionRecord(table, directory));
  await removeLeftover(context, layout.quarantine(table, directory));
  await removeLeftover(context, layout.rejects(table, directory));
}
