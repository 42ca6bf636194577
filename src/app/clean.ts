import type { Graph } from '../graph/graph.js';
import type { PipelineContext } from '../pipeline/context.js';
import { orphansOf } from '../pipeline/orphans.js';
import { PipelineRun } from '../pipeline/run.js';
import type { CleanedItem, CleanReport } from '../protocol/status.js';

/**
 * Removes orphaned tables. What killed runs left, and versions beyond the retention, go with every start and
 * end of a writer, so being one is all there is to do about them.
 */
export async function clean(
  context: PipelineContext,
  graph: Graph,
  { orphans, dryRun }: { readonly orphans: boolean; readonly dryRun: boolean },
): Promise<CleanReport> {
  const manifest = await context.lake.manifest();
  const names = orphans ? orphansOf(manifest, graph) : [];
  const items: CleanedItem[] = names.map((name) => ({ kind: 'orphaned table', name, bytes: 0 }));
  if (dryRun) return { format: 1, dryRun, items, problems: [] };
  const run = await PipelineRun.begin(context, {
    selection: ['clean'],
    wait: true,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  const failure = await Promise.all(names.map((name) => run.remove(name))).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { problems } = await run.finish(failure);
  return { format: 1, dryRun, items: failure === undefined ? items : [], problems };
}
