import { ProblemError, problem } from '../protocol/problem.js';
import { keptOf } from './changes.js';
import { alteredFile } from './checksum.js';
import type { LakeContext } from './context.js';
import { damageOfVersion } from './damage.js';
import type { KeptVersion, TableEntry, TableVersion } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName } from './tableName.js';
import { recordOf } from './versionRecord.js';

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
  const reason = (await damageOfVersion(context, table, kept)) ?? (await alteredFile(context, table, kept));
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
