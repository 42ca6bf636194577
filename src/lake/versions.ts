import { join } from 'node:path';
import type { LakeContext } from './context.js';
import { removeLeftover } from './durable.js';
import { type EarlierTables, earlierTables } from './earlierTables.js';
import { versionDirectoryOf } from './layout.js';
import type { Manifest } from './manifest.js';
import { ManifestStore } from './manifestStore.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';

/** The files of a version, its quarantined rows, or its record. */
export interface VersionFolder {
  /** Absolute. */
  readonly path: string;
  readonly key: string;
  readonly directory: string;
}

/** Removes {@link unneededFolders}. Needs the lease. */
export async function collectVersions(context: LakeContext): Promise<void> {
  const garbage = await unneededFolders(context);
  await inParallel(garbage, fileCallsAtOnce, (folder) => removeLeftover(context, folder.path));
}

/**
 * Finds version folders that nothing needs: a table's versions beyond those its entry lists, what an
 * uncommitted run left, and tables that no kept manifest has any more.
 *
 * Versions are shared by all environments, so there are none while another one has a writer that has not
 * ended: it may have moved a version that it has not committed yet. The order matters: folders are listed
 * before the writers are looked for, and those before the manifests are read.
 */
export async function unneededFolders(context: LakeContext): Promise<readonly VersionFolder[]> {
  const folders = await listFolders(context);
  const environments = await listEnvironments(context);
  if (await someoneElseWrites(context, environments)) return [];
  const stores = environments.map(
    (environment) => new ManifestStore({ ...context, layout: context.layout.inEnvironment(environment) }),
  );
  const current = await Promise.all(stores.map((store) => store.newest()));
  const needed = referencesOf(current);
  const unneeded = folders.filter((folder) => !needed.has(referenceTo(folder)));
  // What an environment has is no reason to take from another one what it can still restore.
  const removable = unneeded.some(({ key }) => current.some(({ tables }) => tables[key] === undefined));
  const known = removable ? await environmentsOf(context, stores, current) : [];
  const restorable = referencesOf(known.map(({ earlier }) => earlier));
  return unneeded.filter((folder) => !restorable.has(referenceTo(folder)) && !mayBeNamed(known, folder));
}

async function listFolders({ fileSystem, layout }: LakeContext): Promise<VersionFolder[]> {
  const found: VersionFolder[] = [];
  for (const tree of layout.versionTrees) {
    for (const layer of await fileSystem.list(tree)) {
      const tables = await fileSystem.list(join(tree, layer));
      const listed = await inParallel(tables, fileCallsAtOnce, async (table) =>
        (await fileSystem.list(join(tree, layer, table))).map((name) => ({
          path: join(tree, layer, table, name),
          key: `${layer}.${table}`,
          directory: versionDirectoryOf(name),
        })),
      );
      found.push(...listed.flat());
    }
  }
  return found;
}

async function listEnvironments({ fileSystem, layout }: LakeContext): Promise<string[]> {
  const [written, staging] = await Promise.all([
    fileSystem.list(layout.environments),
    fileSystem.list(layout.stagingRoot),
  ]);
  return [...new Set([...written, ...staging])];
}

async function someoneElseWrites(
  { fileSystem, layout }: LakeContext,
  environments: readonly string[],
): Promise<boolean> {
  for (const environment of environments) {
    if (environment === layout.environment) continue;
    if ((await fileSystem.list(layout.stagingIn(environment))).length > 0) return true;
  }
  return false;
}

/** An environment, by what is current in it, and what it can still restore. */
interface Environment {
  readonly current: Manifest;
  readonly earlier: EarlierTables;
}

function environmentsOf(
  { logger }: LakeContext,
  stores: readonly ManifestStore[],
  manifests: readonly Manifest[],
): Promise<Environment[]> {
  const known = manifests.flatMap((current, index) => {
    const store = stores[index];
    return store === undefined ? [] : [{ store, current }];
  });
  return inParallel(known, fileCallsAtOnce, async ({ store, current }) => {
    const earlier = await earlierTables(store, current);
    for (const { message, hint } of earlier.problems) logger.warn(`${message} ${hint}`);
    return { current, earlier };
  });
}

/** A manifest that can't be read may name any version of a table that is gone. */
function mayBeNamed(environments: readonly Environment[], { key }: VersionFolder): boolean {
  return environments.some(
    ({ current, earlier }) => earlier.problems.length > 0 && current.tables[key] === undefined,
  );
}

function referencesOf(manifests: readonly Pick<Manifest, 'tables'>[]): Set<string> {
  const references = new Set<string>();
  for (const manifest of manifests) {
    for (const [key, { version, earlier }] of Object.entries(manifest.tables)) {
      for (const { directory } of [version, ...earlier]) {
        if (directory !== undefined) references.add(referenceTo({ key, directory }));
      }
    }
  }
  return references;
}

function referenceTo({ key, directory }: Pick<VersionFolder, 'key' | 'directory'>): string {
  return `${key}/${directory}`;
}
