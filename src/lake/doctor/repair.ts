import { dirname } from 'node:path';
import type { SetAside } from '../../protocol/doctor.js';
import { nextManifest } from '../changes.js';
import type { LakeContext } from '../context.js';
import { makeDirectory } from '../durable.js';
import { explained } from '../lakeProblem.js';
import type { Lease } from '../lease.js';
import type { ManifestStore } from '../manifestStore.js';
import { type Retention, Writer } from '../writer.js';
import { damagedRunRecords, unnamedFolders } from './leftovers.js';
import { readManifests } from './manifests.js';
import { plainRecordIsDamaged } from './plainNames.js';
import { type Depth, examineVersions, markedEntries } from './versions.js';

/** A repair under way: it has the lease. */
interface Repair {
  readonly context: LakeContext;
  readonly store: ManifestStore;
  readonly lease: Lease;
  readonly retention: Retention;
  readonly setAside: SetAside[];
  /** The folder's name for what this repair sets aside. */
  readonly name: string;
}

/** What a repair works with. */
export interface RepairOptions {
  /** Given back at the end, whatever happens. */
  readonly lease: Lease;
  readonly retention: Retention;
  readonly depth: Depth;
}

/**
 * Mends what can be mended without a person's decision, and sets aside what is in the way. Looks at everything
 * anew: it may have changed since somebody was told of it. A lake none of whose manifests can be read is left as it
 * is. Throws ProblemErrors `lake.conflict`, `lake.file-system`, and the reason of a signal that is aborted.
 */
export async function repairLake(
  context: LakeContext,
  store: ManifestStore,
  { lease, retention, depth }: RepairOptions,
): Promise<readonly SetAside[]> {
  const time = context
    .clock()
    .toISOString()
    .replace(/[-:]|\..*/g, '');
  const name = `${time}-${lease.token.slice(0, 4)}`;
  const repair: Repair = { context, store, lease, retention, setAside: [], name };
  if (!(await mendBeforeWriting(repair))) return repair.setAside;
  // Becoming the writer clears away what unfinished runs left and puts plain names right.
  const writer = await Writer.open(context, retention, lease);
  try {
    await markDamaged(context, writer, depth);
  } finally {
    await writer.close();
  }
  return repair.setAside;
}

/** Tells whether the lake can be written now; otherwise, and after a failure, the lease is given back. */
async function mendBeforeWriting(repair: Repair): Promise<boolean> {
  let canWrite = false;
  try {
    canWrite = await explained('repair the lake', () => mend(repair));
    return canWrite;
  } finally {
    if (!canWrite) await repair.lease.release();
  }
}

async function mend(repair: Repair): Promise<boolean> {
  const { context, store } = repair;
  // A manifest that was filled only in part is completed.
  await store.removeTemporaries();
  if (!(await mendManifests(repair))) return false;
  for (const path of await damagedRunRecords(context)) await moveAside(repair, path);
  if (await plainRecordIsDamaged(context)) await moveAside(repair, context.layout.plainRecord);
  for (const { path } of await unnamedFolders(context)) await moveAside(repair, path);
  return true;
}

/**
 * Tells whether the newest manifest can be read now. The good state is published before the bad file goes: an end in
 * between leaves an earlier manifest damaged.
 */
async function mendManifests(repair: Repair): Promise<boolean> {
  const { context, store, lease } = repair;
  const { good, newestIsGood, damaged } = await readManifests(context, store);
  const isMendable = good !== undefined && (newestIsGood || !damaged.some(({ newer }) => newer));
  if (!isMendable) return false;
  const [newest] = damaged;
  if (!newestIsGood && newest !== undefined) {
    const commit = {
      run: good.run,
      committedAt: context.clock().toISOString(),
      retainedVersions: repair.retention.versions,
      directories: new Map<string, string>(),
    };
    const again = { ...nextManifest(good, [], commit), generation: newest.generation + 1 };
    await store.commit(again, lease.token);
  }
  for (const { generation, newer } of damaged) {
    if (!newer) await moveAside(repair, context.layout.manifest(generation));
  }
  return true;
}

async function moveAside({ context, setAside, name }: Repair, path: string): Promise<void> {
  const { fileSystem, layout } = context;
  const aside = layout.setAside(name, path);
  await makeDirectory(fileSystem, dirname(aside));
  // A folder that nobody may write to can't be given another parent.
  if ((await fileSystem.status(path))?.kind === 'directory') await fileSystem.chmod(path, 0o755);
  await fileSystem.rename(path, aside);
  setAside.push({ from: layout.displayed(path), to: layout.displayed(aside) });
}

async function markDamaged(context: LakeContext, writer: Writer, depth: Depth): Promise<void> {
  const marked = markedEntries(await examineVersions(context, writer.manifest, depth));
  const changes = marked.map((entry) => ({ kind: 'entry' as const, entry }));
  await writer.publish(writer.manifest.run, changes);
}
