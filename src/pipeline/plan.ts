import type { Graph } from '../graph/graph.js';
import { placeAt } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { Snapshot } from '../lake/snapshot.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { PlanEntry } from '../protocol/run.js';
import type { PipelineContext } from './context.js';
import { type Decision, decide } from './decide.js';
import { fingerprintOf } from './fingerprint.js';
import { inputStates, rowSources, viewsBelow } from './inputStates.js';
import { likelyRenaming } from './orphans.js';

/** What is to become of one model. */
export interface PlannedModel {
  readonly node: GraphNode;
  readonly decision: Decision | { readonly action: 'blocked'; readonly reason: string };
  /** Errors, for a blocked model; warnings. */
  readonly problems: readonly Problem[];
}

export interface PlanRequest {
  readonly graph: Graph;
  /** Keys. */
  readonly selected: ReadonlySet<string>;
  readonly snapshot: Snapshot;
  readonly fullRefresh: boolean;
  /** What is wrong with current versions on disk, by key. */
  readonly damage: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

/**
 * Decides on every selected model, upstream first, without running anything. Throws a ProblemError
 * `sql.cancelled` when the signal is aborted.
 */
export async function makePlan(
  context: PipelineContext,
  request: PlanRequest,
): Promise<ReadonlyMap<string, PlannedModel>> {
  const plan = new Map<string, PlannedModel>();
  for (const [key, node] of request.graph.nodes) {
    if (request.selected.has(key)) plan.set(key, await planModel(context, node, request, plan));
  }
  return plan;
}

async function planModel(
  context: PipelineContext,
  node: GraphNode,
  request: PlanRequest,
  plan: ReadonlyMap<string, PlannedModel>,
): Promise<PlannedModel> {
  const { nodes } = request.graph;
  const warnings = node.problems.filter(({ severity }) => severity === 'warning');
  const [error] = node.problems.filter(({ severity }) => severity === 'error');
  if (error !== undefined) return blocked(node, error.message, node.problems);
  const above = rowSources(node, nodes);
  const blocking = above.find((key) => plan.get(key)?.decision.action === 'blocked');
  if (blocking !== undefined) return blocked(node, `${nameOf(blocking, nodes)} can't be built`, warnings);
  const missing = neverBuilt(node, request, plan);
  if (missing !== undefined) return blocked(node, missing.message, [missing]);
  const rebuilt = above.filter((key) => plan.get(key)?.decision.action === 'build');
  const facts = await modelFacts(
    context,
    node,
    request,
    rebuilt.map((key) => nameOf(key, nodes)),
  );
  const [unreadable] = facts.problems;
  if (unreadable !== undefined) return blocked(node, unreadable.message, [...facts.problems, ...warnings]);
  return { node, decision: facts.decision, problems: [...warnings, ...facts.warnings] };
}

/** Decides on one model by what is published now; a run does it again when the model's turn comes. */
export async function modelFacts(
  context: PipelineContext,
  node: GraphNode,
  { graph, snapshot, fullRefresh, damage, signal }: Omit<PlanRequest, 'selected'>,
  rebuiltUpstream: readonly string[],
) {
  const { inputs, contracts, refused, problems, warnings } = await inputStates(
    context,
    node,
    graph.nodes,
    snapshot.manifest,
    signal,
  );
  const { engineVersion, timeZone } = context;
  const fingerprint = fingerprintOf(node, { engineVersion, timeZone, inputs, contracts });
  const current = snapshot.manifest.tables[node.model.key];
  const decision = decide({
    current,
    damage: damage.get(node.model.key),
    renaming: likelyRenaming(snapshot.manifest, graph, node.model),
    form: node.model.form,
    fingerprint,
    inputs,
    refused,
    rebuiltUpstream,
    volatile: [node, ...viewsBelow(node, graph.nodes)].flatMap((part) => part.inputs.volatile),
    volatileChecks: node.inputs.volatileChecks,
    fullRefresh,
  });
  return { decision, fingerprint, inputs, problems, warnings };
}

function neverBuilt(
  node: GraphNode,
  { graph, selected, snapshot }: PlanRequest,
  plan: ReadonlyMap<string, PlannedModel>,
): Problem | undefined {
  const missing = node.inputs.tables.find(
    ({ key }) => snapshot.manifest.tables[key] === undefined && !plan.has(key) && !selected.has(key),
  );
  if (missing === undefined) return undefined;
  const name = nameOf(missing.key, graph.nodes);
  return problem('graph.never-built', `${name} was never built.`, {
    hint: `Build it first, or with this one: run the selection +${node.model.name}.`,
    place: placeAt(missing.position, missing.span),
    fix: { kind: 'build', model: name },
  });
}

function blocked(node: GraphNode, reason: string, problems: readonly Problem[]): PlannedModel {
  return { node, decision: { action: 'blocked', reason }, problems };
}

function nameOf(key: string, nodes: ReadonlyMap<string, GraphNode>): string {
  return nodes.get(key)?.model.name ?? key;
}

/** A plan as people and programs read it. */
export function planEntries(plan: ReadonlyMap<string, PlannedModel>): readonly PlanEntry[] {
  return [...plan.values()].map(({ node, decision, problems }) => ({
    model: node.model.name,
    form: node.model.form,
    action: decision.action,
    reason: decision.reason,
    ...('renames' in decision ? { renames: decision.renames } : {}),
    notebook: node.model.position.notebook,
    cell: node.model.position.cell,
    inputs: [
      ...new Set([
        ...node.inputs.tables.map(({ name }) => name),
        ...node.inputs.landing.map(({ pattern }) => `landing('${pattern ?? '?'}')`),
        ...node.inputs.outsideFiles,
      ]),
    ],
    problems,
  }));
}
