import type { Graph } from '../graph/graph.js';
import type { PipelineContext } from '../pipeline/context.js';
import { orphansOf } from '../pipeline/orphans.js';
import type { CleanedItem, CleanReport } from '../protocol/status.js';
import { type ChangeOptions, changeLake } from './lakeChange.js';

export interface CleanOptions extends ChangeOptions {
  readonly orphans: boolean;
  readonly dryRun: boolean;
}

/**
 * Removes orphaned tables. What killed runs left, and versions beyond the retention, go with every start and
 * end of a writer, so being one is all there is to do about them.
 */
export async function clean(
  context: PipelineContext,
  readGraph: () => Promise<Graph>,
  { orphans, dryRun, ...options }: CleanOptions,
): Promise<CleanReport> {
  const findOrphans = async () =>
    orphans ? orphansOf(await context.lake.manifest(), await readGraph()) : [];
  if (dryRun) return { format: 1, dryRun, items: (await findOrphans()).map(asItem), problems: [] };
  const { result, record } = await changeLake(context, ['clean'], options, async (run) => {
    const names = await findOrphans();
    options.signal?.throwIfAborted();
    await Promise.all(names.map((name) => run.remove(name)));
    return names;
  });
  return { format: 1, dryRun, items: result.map(asItem), problems: record.problems };
}

function asItem(name: string): CleanedItem {
  return { kind: 'orphaned table', name };
}
