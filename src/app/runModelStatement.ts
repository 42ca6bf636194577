import type { GraphNode } from '../graph/node.js';
import { parseTableName } from '../lake/tableName.js';
import { findDamage } from '../pipeline/damage.js';
import { rowSources } from '../pipeline/inputStates.js';
import { makePlan } from '../pipeline/plan.js';
import type { QuerySession } from '../pipeline/querySession.js';
import { type Problem, warning } from '../protocol/problem.js';
import type { ModelOutcome } from '../protocol/run.js';
import { type StatementContext, surroundingsOf } from './statementContext.js';

/** What a model's cell shows of its table, below the summary. */
const shownRows = 50;

/** Builds one model alone, from published versions, and shows its summary and its first rows. */
export async function runModelStatement(
  node: GraphNode,
  context: StatementContext,
  queries: () => Promise<QuerySession>,
): Promise<void> {
  const { graph, source, rebuild, withUpstream, signal, show } = context;
  const run = await context.run();
  const stale = withUpstream ? [] : await staleUpstream(node, context);
  const outcomes = await run.step({
    graph,
    sessions: source.sessions,
    selected: new Set([...(withUpstream ? allAbove(node, graph.nodes) : []), node.model.key]),
    fullRefresh: rebuild && !withUpstream,
    problems: [],
  });
  const outcome = outcomes.find(({ model }) => model === node.model.name);
  if (outcome === undefined || outcome.status === 'cancelled') return;
  const errors = errorsOf(outcome, outcomes);
  for (const problem of errors) show({ kind: 'problem', problem });
  if (errors.length > 0 || outcome.status === 'failed' || outcome.status === 'blocked') return;
  await showTable(node, outcome, stale, context, await queries());
  signal.throwIfAborted();
}

/** What failed above the model is told before what that means for the model itself. */
function errorsOf(own: ModelOutcome, outcomes: readonly ModelOutcome[]): readonly Problem[] {
  return outcomes.flatMap((outcome) =>
    outcome.problems.filter(
      ({ severity, code }) => severity === 'error' && (outcome === own || code !== 'run.upstream-failed'),
    ),
  );
}

async function showTable(
  { model }: GraphNode,
  outcome: ModelOutcome,
  stale: readonly Problem[],
  context: StatementContext,
  session: QuerySession,
): Promise<void> {
  const { lake } = context.context;
  const entry = (await lake.manifest()).tables[model.key];
  if (entry === undefined) return;
  const { version } = entry;
  const dropped = version.quarantine.reduce((sum, { rows }) => sum + rows, 0);
  const query = { text: `SELECT * FROM ${model.name}`, span: { start: 0, end: 0 }, lead: 0 };
  const started = performance.now();
  const adHoc = { text: query.text, query, placeOf: () => ({}) };
  const rows = await session.query(adHoc, shownRows, { signal: context.signal }, surroundingsOf(context));
  context.show({
    kind: 'model',
    model: model.name,
    form: model.form,
    action: outcome.status === 'built' ? 'built' : 'up to date',
    reason: outcome.reason,
    version: version.version,
    run: version.run,
    rows: model.form === 'table' ? version.rows : rows.total,
    ...(outcome.rowsIn === undefined ? {} : { rowsIn: outcome.rowsIn }),
    dropped,
    ...(model.form === 'view'
      ? {}
      : { path: lake.layout.plainPath(parseTableName(model.name), version.plain ?? 'file') }),
    elapsedMs: outcome.elapsedMs,
    warnings: [...stale, ...outcome.problems],
  });
  context.show({ kind: 'table', ...rows, elapsedMs: Math.round(performance.now() - started) });
}

/** Keys of all models that the rows of one come from. */
function allAbove(node: GraphNode, nodes: ReadonlyMap<string, GraphNode>): ReadonlySet<string> {
  const above = new Set<string>();
  const visit = (from: GraphNode): void => {
    for (const key of rowSources(from, nodes)) {
      const upstream = nodes.get(key);
      if (upstream === undefined || above.has(key)) continue;
      above.add(key);
      visit(upstream);
    }
  };
  visit(node);
  return above;
}

/** What stands above the model and would be rebuilt by a run: its rows are of before. */
async function staleUpstream(
  node: GraphNode,
  { context, graph }: StatementContext,
): Promise<readonly Problem[]> {
  const above = allAbove(node, graph.nodes);
  if (above.size === 0) return [];
  const snapshot = await context.lake.snapshot();
  const damage = await findDamage(context, snapshot.manifest);
  const plan = await makePlan(context, { graph, selected: above, snapshot, fullRefresh: false, damage });
  const stale = [...plan.values()].filter(
    ({ node: { inputs, model }, decision }) =>
      decision.action === 'build' &&
      inputs.volatile.length === 0 &&
      snapshot.manifest.tables[model.key] !== undefined,
  );
  return stale.map(({ node: { model }, decision }) =>
    warning('run.stale-upstream', `${model.name} is stale: ${decision.reason}.`, {
      hint: 'This table was built from its published version. Run with upstream to bring both up to date.',
    }),
  );
}
