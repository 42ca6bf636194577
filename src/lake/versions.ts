import { join } from 'node:path';
import type { LakeContext } from './context.js';
import { removeLeftover } from './durable.js';
import type { Manifest, TableEntry } from './manifest.js';
import { ManifestStore } from './manifestStore.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';

interface VersionFolder {
  readonly path: string;
  readonly key: string;
  readonly directory: string;
}

/**
 * Removes version folders that nothing needs: a table's versions beyond those its entry lists, what an
 * uncommitted run left, and tables that no kept manifest has any more. Needs the lease.
 *
 * Versions are shared by all environments, so nothing is removed while another one has a writer that has not
 * ended: it may have moved a version that it has not committed yet. The order matters: folders are listed
 * before the writers are looked for, and those before the manifests are read.
 */
export async function collectVersions(context: LakeContext): Promise<void> {
  const folders = await listFolders(context);
  const environments = await listEnvironments(context);
  if (await someoneElseWrites(context, environments)) return;
  const stores = environments.map(
    (environment) => new ManifestStore({ ...context, layout: context.layout.inEnvironment(environment) }),
  );
  const current = await Promise.all(stores.map((store) => store.newest()));
  const needed = referencesOf(current);
  const tables = new Set(current.flatMap((manifest) => Object.keys(manifest.tables)));
  const unneeded = folders.filter((folder) => !needed.has(referenceTo(folder)));
  const removed = new Set(unneeded.map(({ key }) => key).filter((key) => !tables.has(key)));
  const last =
    removed.size === 0 ? new Set<string>() : referencesOf(await lastEntries(context, stores, removed));
  const garbage = unneeded.filter((folder) => !last.has(referenceTo(folder)));
  await inParallel(garbage, fileCallsAtOnce, (folder) => removeLeftover(context, folder.path));
}

async function listFolders({ fileSystem, layout }: LakeContext): Promise<VersionFolder[]> {
  const found: VersionFolder[] = [];
  for (const tree of layout.versionTrees) {
    for (const layer of await fileSystem.list(tree)) {
      const tables = await fileSystem.list(join(tree, layer));
      const listed = await inParallel(tables, fileCallsAtOnce, async (table) =>
        (await fileSystem.list(join(tree, layer, table))).map((directory) => ({
          path: join(tree, layer, table, directory),
          key: `${layer}.${table}`,
          directory,
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

/** The entries that removed tables had last, in each environment whose kept manifests still have them. */
async function lastEntries(
  context: LakeContext,
  stores: readonly ManifestStore[],
  removed: ReadonlySet<string>,
): Promise<Pick<Manifest, 'tables'>[]> {
  return inParallel(stores, fileCallsAtOnce, async (store) => {
    const tables: Record<string, TableEntry> = {};
    for (const generation of await store.generations()) {
      const manifest = await store.at(generation);
      if (manifest === undefined) context.logger.debug(`Generation ${generation} went away in the meantime.`);
      for (const [key, entry] of Object.entries(manifest?.tables ?? {})) {
        if (removed.has(key)) tables[key] = entry;
      }
    }
    return { tables };
  });
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
