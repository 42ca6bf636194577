import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type Change, changedKeys, nextVersion, plainForm } from './changes.js';
import type { LakeContext } from './context.js';
import { makeDirectory, makeReadOnly, removeLeftover, syncFolders } from './durable.js';
import { versionDirectory } from './layout.js';
import type { Manifest, VersionFile } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { unlinkVersions } from './rename.js';
import { discard } from './staging.js';

type TableChange = Extract<Change, { kind: 'table' }>;

/** Chooses the version folders of a batch, by the tables' keys. Throws when a table is named twice. */
export function chooseDirectories(base: Manifest, changes: readonly Change[]): Map<string, string> {
  const keys = changes.flatMap(changedKeys);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Error(`${twice} is changed twice in one publish`);
  const tables = changes.filter((change) => change.kind === 'table').map(changedKeys);
  return new Map(
    tables.map(([key]) => [key, versionDirectory(nextVersion(base, key), randomBytes(4).toString('hex'))]),
  );
}

/** Flushes the files of a batch to disk and moves them where versions live. After a failure, {@link takeBack}. */
export async function moveIntoPlace(
  context: LakeContext,
  changes: readonly Change[],
  directories: ReadonlyMap<string, string>,
): Promise<void> {
  const tables = changes.filter((change) => change.kind === 'table');
  await inParallel(tables, fileCallsAtOnce, async (change) => {
    const { verified } = change;
    const target = placesOf(context, change, directories);
    await moveFolder(context, verified.directory, target.version, verified.files);
    // Through a linked folder an outsider could add and remove files.
    if (plainForm(change) === 'directory') await makeReadOnly(context, target.version, 'directory');
    if (verified.quarantine.length > 0)
      await moveFolder(context, verified.quarantineDirectory, target.quarantine, verified.quarantine);
    if (verified.rejects !== undefined)
      await moveFolder(context, verified.rejectsDirectory, target.rejects, verified.rejects.files);
  });
}

/** Removes a batch that was certainly not committed. */
export async function takeBack(
  context: LakeContext,
  changes: readonly Change[],
  directories: ReadonlyMap<string, string>,
): Promise<void> {
  const tables = changes.filter((change) => change.kind === 'table');
  await inParallel(tables, fileCallsAtOnce, async (change) => {
    await discard(context, change.verified);
    const places = Object.values(placesOf(context, change, directories));
    for (const place of places) await removeLeftover(context, place);
  });
  for (const change of changes) if (change.kind === 'rename') await unlinkVersions(context, change.renamed);
}

function placesOf(
  { layout }: LakeContext,
  change: TableChange,
  directories: ReadonlyMap<string, string>,
): { readonly version: string; readonly quarantine: string; readonly rejects: string } {
  const { table } = change.verified;
  const directory = directories.get(changedKeys(change)[0]);
  if (directory === undefined) throw new Error(`No folder was chosen for ${change.verified.name}`);
  return {
    version: layout.version(table, directory),
    quarantine: layout.quarantine(table, directory),
    rejects: layout.rejects(table, directory),
  };
}

/** Flushes a folder's files and moves it where it lives, durably. */
export async function moveFolder(
  context: LakeContext,
  from: string,
  to: string,
  files: readonly Pick<VersionFile, 'name'>[],
): Promise<void> {
  const { fileSystem } = context;
  for (const { name } of files) {
    const path = join(from, name);
    await fileSystem.syncFile(path);
    await makeReadOnly(context, path, 'file');
  }
  await syncFolders(fileSystem, from, files);
  await makeDirectory(fileSystem, dirname(to));
  await fileSystem.rename(from, to);
  await fileSystem.syncDirectory(dirname(to));
}
