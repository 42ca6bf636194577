import { ProblemError, problem } from '../protocol/problem.js';
import { asEarlier } from './changes.js';
import type { LakeContext } from './context.js';
import { damageOfVersion } from './damage.js';
import type { KeptVersion, Manifest, TableEntry, TableVersion } from './manifest.js';
import type { ManifestStore } from './manifestStore.js';
import { parseTableName } from './tableName.js';
import { readVersionRecord } from './versionRecord.js';

/**
 * The tables that `current` no longer has, by key, each as the last kept manifest says that has it. Their
 * files are on disk: the sweep asks here too.
 */
export async function removedTables(
  { logger }: LakeContext,
  store: ManifestStore,
  current: Manifest,
): Promise<Manifest['tables']> {
  const tables: Record<string, TableEntry> = {};
  for (const generation of await store.generations()) {
    const manifest = await store.at(generation);
    if (manifest === undefined) logger.debug(`Generation ${generation} went away in the meantime.`);
    for (const [key, entry] of Object.entries(manifest?.tables ?? {})) {
      if (current.tables[key] === undefined) tables[key] = entry;
    }
  }
  return tables;
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
  const earlier = [...asEarlier(entry.version), ...entry.earlier.filter((each) => each !== kept)];
  return { ...entry, form: 'table', version: await wholeVersion(context, entry, kept), earlier };
}

async function wholeVersion(
  context: LakeContext,
  entry: TableEntry,
  kept: KeptVersion,
): Promise<TableVersion> {
  const { directory = '' } = kept;
  const record = await readVersionRecord(context, parseTableName(entry.name), directory);
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
