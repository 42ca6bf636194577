import { findCycles } from './cycles.js';
import { inputsOf } from './inputs.js';
import type { Model } from './model.js';
import type { GraphNode } from './node.js';
import { ruleProblems } from './rules.js';
import { type SessionStatements, sessionOf } from './sessionUse.js';

export interface Graph {
  /** By key, upstream first; members of a cycle come last. Of two models of one table the first is kept. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
}

/** What the rules need to know besides the models. */
export interface GraphContext {
  readonly sessions: SessionStatements;
  /** Keys of published tables: reading one whose model is gone is allowed, with a warning. */
  readonly published: ReadonlySet<string>;
  /** Those of them that are views: without its model nobody could say what one reads. */
  readonly publishedViews: ReadonlySet<string>;
}

/** Connects the models by what their SQL reads, and judges them by the rules. Pure. */
export function buildGraph(models: readonly Model[], context: GraphContext): Graph {
  const byKey = new Map<string, Model[]>();
  for (const model of models) byKey.set(model.key, [...(byKey.get(model.key) ?? []), model]);
  const unordered = new Map<string, GraphNode>();
  for (const [key, same] of byKey) {
    const [model] = same;
    if (model === undefined) continue;
    const session = sessionOf(model, context.sessions);
    const inputs = inputsOf(model, session);
    const upstream = [...new Set(inputs.tables.map((table) => table.key))].filter((read) => byKey.has(read));
    const problems = ruleProblems({
      model,
      same,
      session,
      inputs,
      models: byKey,
      published: context.published,
      publishedViews: context.publishedViews,
    });
    unordered.set(key, { model, session, inputs, upstream, problems });
  }
  const cycles = findCycles(unordered);
  const judged = new Map(
    [...unordered].map(([key, node]) => {
      const cycle = cycles.get(key);
      return [key, cycle === undefined ? node : { ...node, problems: [...node.problems, cycle] }];
    }),
  );
  return { nodes: inBuildOrder(judged) };
}

/** Upstream first; among equals the order of the notebooks, so that a plan reads like the pipeline. */
function inBuildOrder(nodes: ReadonlyMap<string, GraphNode>): ReadonlyMap<string, GraphNode> {
  const ordered = new Map<string, GraphNode>();
  const visiting = new Set<string>();
  const visit = (key: string): void => {
    const node = nodes.get(key);
    if (node === undefined || ordered.has(key) || visiting.has(key)) return;
    visiting.add(key);
    for (const upstream of node.upstream) visit(upstream);
    ordered.set(key, node);
  };
  for (const key of nodes.keys()) visit(key);
  return ordered;
}
