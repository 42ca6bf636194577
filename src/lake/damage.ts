import { join } from 'node:path';
import { type Problem, problem } from '../protocol/problem.js';
import type { LakeContext } from './context.js';
import type { FileStatus } from './fileSystem.js';
import type { KeptVersion, Manifest, VersionFile } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName, type TableName } from './tableName.js';

/** A current version that is no longer what was published. Its table must be built again. */
export interface Damage {
  /** `layer.name` in lower case. */
  readonly table: string;
  readonly problem: Problem;
}

/**
 * Looks at the files of all current versions, without opening one: a call of stat each. Finds files that are
 * missing, have another size, or were written in place after they were published.
 */
export async function findDamage(context: LakeContext, manifest: Manifest): Promise<Damage[]> {
  const found = await inParallel(Object.entries(manifest.tables), fileCallsAtOnce, async ([table, entry]) => {
    const { name, version } = entry;
    const reason = await damageOfVersion(context, parseTableName(name), version);
    return reason === undefined ? [] : [{ table, problem: damagedVersion(name, version, reason) }];
  });
  return found.flat();
}

/** What is wrong with a version's file, in words; undefined when it is as it was published. */
export function damageOf(file: VersionFile, status: FileStatus | undefined): string | undefined {
  if (status?.kind !== 'file') return `${file.name} is missing`;
  if (status.bytes !== file.bytes) return `${file.name} has ${status.bytes} bytes instead of ${file.bytes}`;
  // A copied or restored project has new inodes and may have new times.
  const written = status.inode === file.inode && status.modifiedMs !== file.modifiedMs;
  return written ? `${file.name} was written to by another program` : undefined;
}

/** The first thing that is wrong with the files of a folder, in words; undefined when all are as they were published. */
export async function damageIn(
  { fileSystem }: Pick<LakeContext, 'fileSystem'>,
  folder: string,
  files: readonly VersionFile[],
): Promise<string | undefined> {
  for (const file of files) {
    const reason = damageOf(file, await fileSystem.status(join(folder, file.name)));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** What is wrong with a version on disk, in words; undefined when it is as it was published, or a view. */
export async function damageOfVersion(
  { fileSystem, layout }: LakeContext,
  table: TableName,
  { directory, plain, files, damaged }: KeptVersion,
): Promise<string | undefined> {
  if (directory === undefined || damaged !== undefined) return damaged;
  const folder = layout.version(table, directory);
  const reason = await damageIn({ fileSystem }, folder, files);
  if (reason !== undefined || plain !== 'directory') return reason;
  const expected = new Set(files.map((file) => file.name.split('/')[0]));
  const added = (await fileSystem.list(folder)).find((name) => !expected.has(name));
  return added === undefined ? undefined : `${added} was added by another program`;
}

/** Tells of a version that its table has to be built again for. */
export function damagedVersion(name: string, { version }: KeptVersion, reason: string): Problem {
  return problem('lake.damaged', `Version ${version} of ${name} is damaged: ${reason}.`, {
    hint: `Build ${name} again, and write to files of your own, not to those under data/.`,
  });
}
