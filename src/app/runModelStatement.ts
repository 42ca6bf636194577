import type { GraphNode } from '../graph/node.js';
import { parseTableName } from '../lake/tableName.js';
import type { QuerySession } from '../pipeline/querySession.js';
import { allAbove, staleUpstream } from '../pipeline/staleUpstream.js';
import type { Problem } from '../protocol/problem.js';
import type { ModelOutcome } from '../protocol/run.js';
import { errorsOf } from './runErrors.js';
import { rowsToFetch, showRows } from './showRows.js';
import { type StatementContext, surroundingsOf } from './statementContext.js';

/** What a model's cell shows of its table, below the summary. */
const tableRows = 50;

/** Builds one model alone, from published versions, and shows its summary and its first rows. */
export async function runModelStatement(
  node: GraphNode,
  context: StatementContext,
  queries: () => Promise<QuerySession>,
): Promise<void> {
  const { graph, source, rebuild, withUpstream, signal, show } = context;
  const run = await context.run();
  const own = new Set([node.model.key]);
  const stale = withUpstream ? [] : await staleUpstream(context.context, graph, own, signal);
  const outcomes = await run.step({
    graph,
    sessions: source.sessions,
    selected: new Set([...(withUpstream ? allAbove(graph, own) : []), node.model.key]),
    fullRefresh: rebuild && !withUpstream,
    problems: [],
  });
  const outcome = outcomes.find(({ model }) => model === node.model.name);
  if (outcome === undefined || outcome.status === 'cancelled') return;
  const errors = errorsOf(outcomes, outcome);
  for (const problem of errors) show({ kind: 'problem', problem });
  if (errors.length > 0 || outcome.status === 'failed' || outcome.status === 'blocked') return;
  await showTable(node, outcome, stale, context, await queries());
  signal.throwIfAborted();
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
  const { chart, show } = context;
  const limit = rowsToFetch(tableRows, chart);
  const rows = await session.query(adHoc, limit, { signal: context.signal }, surroundingsOf(context));
  const elapsedMs = Math.round(performance.now() - started);
  show({
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
    ...(version.rejects && { rejected: version.rejects.records }),
    ...(outcome.equation && { equation: outcome.equation }),
    ...(outcome.checks && { checks: outcome.checks }),
    ...(model.form === 'view'
      ? {}
      : { path: lake.layout.plainPath(parseTableName(model.name), version.plain ?? 'file') }),
    elapsedMs: outcome.elapsedMs,
    warnings: [...stale, ...outcome.problems],
  });
  showRows({ ...rows, elapsedMs }, { tableRows, chart }, show);
}
