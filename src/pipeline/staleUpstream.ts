import type { Graph } from '../graph/graph.js';
import type { GraphNode } from '../graph/node.js';
import { type Problem, warning } from '../protocol/problem.js';
import type { PipelineContext } from './context.js';
import { findDamage } from './damage.js';
import { rowSources } from './inputStates.js';
import { makePlan } from './plan.js';

/** Keys of all models that the rows of the given ones come from, these left out. */
export function allAbove(graph: Graph, keys: ReadonlySet<string>): ReadonlySet<string> {
  const above = new Set<string>();
  const visit = (node: GraphNode | undefined): void => {
    if (node === undefined) return;
    for (const key of rowSources(node, graph.nodes)) {
      if (above.has(key) || keys.has(key) || !graph.nodes.has(key)) continue;
      above.add(key);
      visit(graph.nodes.get(key));
    }
  };
  for (const key of keys) visit(graph.nodes.get(key));
  return above;
}

/**
 * A warning for each published model that stands above the selected ones, is not selected, and would be built
 * by a run of everything: what is built from it has rows of before. Throws as {@link makePlan} does.
 */
export async function staleUpstream(
  context: PipelineContext,
  graph: Graph,
  selected: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly Problem[]> {
  const above = allAbove(graph, selected);
  if (above.size === 0) return [];
  const snapshot = await context.lake.snapshot();
  const damage = await findDamage(context, snapshot.manifest);
  const request = { graph, selected: above, snapshot, fullRefresh: false, damage, signal };
  const plan = await makePlan(context, request);
  return [...plan.values()].flatMap(({ node: { inputs, model }, decision }) => {
    const isPublished = snapshot.manifest.tables[model.key] !== undefined;
    if (decision.action !== 'build' || inputs.volatile.length > 0 || !isPublished) return [];
    return [
      warning('run.stale-upstream', `${model.name} is stale: ${decision.reason}.`, {
        hint: 'Its published version was read. Run with upstream to bring both up to date.',
      }),
    ];
  });
}
