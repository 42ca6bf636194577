import { ProblemError, problem } from '../protocol/problem.js';
import { keptOf } from './changes.js';
import type { LakeContext } from './context.js';
import { damageOfVersion } from './damage.js';
import type { KeptVersion, Manifest, TableEntry, TableVersion } from './manifest.js';
import type { ManifestStore } from './manifestStore.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName } from './tableName.js';
import { recordOf } from './versionRecord.js';

/** The manifest of an earlier generation; undefined where it is gone. */
export type ReadGeneration = (generation: number) => Promise<Manifest | undefined>;

/**
 * The tables that `current` no longer has, by key, each as the last kept manifest says that has it. Their
 * files are on disk: the sweep asks here too.
 */
export async function removedTables(
  { logger }: LakeContext,
  store: ManifestStore,
  current: Manifest,
  read: ReadGeneration = (generation) => store.at(generation),
): Promise<Manifest['tables']> {
  const tables: Record<string, TableEntry> = {};
  for (const generation of await store.generations()) {
    const manifest = await read(generation);
    if (manifest === undefined) logger.debug(`Generation ${generation} tells of no removed table.`);
    for (const [key, entry] of Object.entries(manifest?.tables ?? {})) {
      if (current.tables[key] === undefined) tables[key] = entry;
    }
  }
  return tables;
}

/**
 * The same for somebody who looks for a table: an older generation that is damaged is passed over. Throws a
 * ProblemError `lake.damaged` when it is the newest.
 */
export async function findRemovedTables(
  context: LakeContext,
  store: ManifestStore,
): Promise<Manifest['tables']> {
  const current = await store.newest();
  return removedTables(context, store, current, async (generation) => {
    try {
      return await store.at(generation);
    } catch (error) {
      if (!(error instanceof ProblemError) || generation >= current.generation) throw error;
      context.logger.warn(`Passed over: ${error.message}`);
      return undefined;
    }
  });
}

/** Those versions of a table that are whole, so that they can be made current. */
export async function restorableVersions(
  context: LakeContext,
  entry: TableEntry,
): Promise<readonly KeptVersion[]> {
  const table = parseTableName(entry.name);
  const found = await inParallel([entry.version, ...entry.earlier], fileCallsAtOnce, async (version) => {
    const whole =
      (await damageOfVersion(context, table, version)) === undefined &&
      (await recordOf(context, table, version)) !== undefined;
    return whole ? [version] : [];
  });
  return found.flat();
}

/**
 * A table's entry with one of its kept versions as the current one; the one that was current is an earlier
 * one then. Throws a ProblemError `lake.damaged` when that version is not what was published any more.
 */
export async function entryAtVersion(
  context: LakeContext,
  entry: TableEntry,
  version: number,
): Promise<TableEntry> {
  const table = parseTableName(entry.name);
  const kept = [entry.version, ...entry.earlier].find((each) => each.version === version);
  if (kept === undefined) throw new Error(`${entry.name} has no version ${version}`);
  const reason = await damageOfVersion(context, table, kept);
  if (reason !== undefined) throw notRestorable(entry, kept, reason);
  if (kept === entry.version) return entry;
  const earlier = keptOf([entry.version, ...entry.earlier.filter((each) => each !== kept)]);
  return { ...entry, form: 'table', version: await wholeVersion(context, entry, kept), earlier };
}

async function wholeVersion(
  context: LakeContext,
  entry: TableEntry,
  kept: KeptVersion,
): Promise<TableVersion> {
  const record = await recordOf(context, parseTableName(entry.name), kept);
  if (record === undefined) throw notRestorable(entry, kept, 'what it was built from is not recorded');
  return { ...kept, ...record };
}

function notRestorable({ name }: TableEntry, { version }: KeptVersion, reason: string): ProblemError {
  return new ProblemError(
    problem('lake.damaged', `Version ${version} of ${name} can't be restored: ${reason}.`, {
      hint: 'Restore another version, or run its model again: --list shows what is kept.',
    }),
  );
}
