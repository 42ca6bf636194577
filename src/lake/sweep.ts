import { dirname, join } from 'node:path';
import { ProblemError } from '../protocol/problem.js';
import { nextManifest } from './changes.js';
import { markAltered } from './checksum.js';
import type { LakeContext } from './context.js';
import { removeLeftover } from './durable.js';
import { isPlainTemporary } from './layout.js';
import type { Manifest } from './manifest.js';
import type { ManifestStore } from './manifestStore.js';
import { collectVersions } from './versions.js';

/**
 * Clears away what writers left that did not end: they were killed, or lost their lease in their sleep.
 * Each has a staging folder until it ends, so a start after a clean end costs two listings. Needs the lease.
 * Returns the manifest to go on from.
 */
export async function sweep(
  context: LakeContext,
  store: ManifestStore,
  token: string,
  retainedVersions: number,
): Promise<Manifest> {
  const { fileSystem, layout, logger } = context;
  await removeLeaseLeftovers(context, token);
  const unfinished = (await fileSystem.list(layout.staging)).filter((name) => name !== token);
  if (unfinished.length === 0) return store.newest();
  logger.info(`Clearing away what ${unfinished.length} unfinished run(s) left.`);
  await store.removeTemporaries();
  const base = await fence(context, store, token, retainedVersions);
  await collectVersions(context);
  await removePlainTemporaries(context);
  for (const folder of [layout.runs, layout.cache, dirname(layout.plainRecord)]) {
    await removeTemporaries(context, folder);
  }
  // Last: they are what calls for the next sweep, should this one end early.
  for (const name of unfinished) await removeLeftover(context, join(layout.staging, name));
  return base;
}

/**
 * Takes the next generation, which only marks tables that the unfinished run published and whose files have other
 * bytes by now, as after a power cut on a disk that does not keep what it says it has written. A writer that sleeps just before its commit then can't wake up
 * and commit: its version folders are about to be removed.
 */
async function fence(
  context: LakeContext,
  store: ManifestStore,
  token: string,
  retainedVersions: number,
): Promise<Manifest> {
  for (let attempt = 1; ; attempt += 1) {
    const newest = await store.newest();
    const committedAt = context.clock().toISOString();
    const commit = { run: newest.run, committedAt, retainedVersions, directories: new Map<string, string>() };
    const altered = await markAltered(context, newest);
    const changes = altered.map((entry) => ({ kind: 'entry' as const, entry }));
    const fenced = nextManifest(newest, changes, commit);
    try {
      await store.commit(fenced, token);
      return fenced;
    } catch (error) {
      const taken = error instanceof ProblemError && error.problem.code === 'lake.conflict';
      if (!taken || attempt === 3) throw error;
    }
  }
}

async function removePlainTemporaries(context: LakeContext): Promise<void> {
  for (const folder of context.layout.layerFolders) {
    for (const name of await context.fileSystem.list(folder)) {
      if (isPlainTemporary(name)) await removeLeftover(context, join(folder, name));
    }
  }
}

/** A file being replaced is written beside its place first. */
async function removeTemporaries(context: LakeContext, folder: string): Promise<void> {
  for (const name of await context.fileSystem.list(folder)) {
    if (name.endsWith('.tmp')) await removeLeftover(context, join(folder, name));
  }
}

async function removeLeaseLeftovers(context: LakeContext, token: string): Promise<void> {
  const { fileSystem, layout } = context;
  for (const name of await fileSystem.list(layout.leases)) {
    const ofThisEnvironment =
      name.startsWith(`${layout.environment}.`) && join(layout.leases, name) !== layout.lease;
    if (ofThisEnvironment && !name.includes(token)) await removeLeftover(context, join(layout.leases, name));
  }
}
