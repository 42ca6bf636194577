import { placeAt } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { TableEntry } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import type { ModelOutcome } from '../protocol/run.js';
import { buildView } from './buildView.js';
import type { PipelineContext } from './context.js';
import type { Decision } from './decide.js';
import { type Ending, ending } from './ending.js';
import { rowSources } from './inputStates.js';
import { toldChecks } from './judgeChecks.js';
import { judgeUnchanged, keepUnderChangedChecks } from './judgeModel.js';
import { ChecksFailed } from './judgement.js';
import { modelFacts, type PlannedModel } from './plan.js';
import { problemOf } from './problemOf.js';
import { publishTable, publishView } from './publishModel.js';
import { TooManyRejects } from './recordsApart.js';
import type { RunState } from './runState.js';
import { detailsIn, detailsOf, withoutDetails } from './tableDetails.js';

/** Brings one model up to date, when everything above it is. Never throws: a failure is an outcome. */
export async function runModel(
  context: PipelineContext,
  state: RunState,
  planned: PlannedModel,
  upstream: readonly ModelOutcome[],
): Promise<ModelOutcome> {
  const started = performance.now();
  const outcome = (rest: Omit<ModelOutcome, 'model' | 'form' | 'elapsedMs'>): ModelOutcome => ({
    model: planned.node.model.name,
    form: planned.node.model.form,
    elapsedMs: Math.round(performance.now() - started),
    ...rest,
  });
  const { decision, node, problems } = planned;
  if (decision.action === 'blocked') return outcome({ status: 'blocked', reason: decision.reason, problems });
  const stopped = stoppedBy(upstream);
  if (stopped !== undefined && !state.signal.aborted) {
    const reason = `${stopped.model} ${stopped.status === 'blocked' ? 'was blocked' : 'failed'}`;
    return outcome({ status: 'blocked', reason, problems: [upstreamProblem(planned, reason)] });
  }
  try {
    state.signal.throwIfAborted();
    const ending = await bringUpToDate(
      context,
      state,
      node,
      problems,
      decisionHolds(node, state) ? decision : undefined,
    );
    if (ending.status === 'built') state.rebuilt.add(node.model.key);
    return outcome(ending);
  } catch (error) {
    if (state.signal.aborted)
      return outcome({ status: 'cancelled', reason: 'the run was cancelled', problems: [] });
    const found = problemOf(error, context.logger);
    const failure = { ...found, place: found.place ?? placeAt(node.model.position, node.model.nameSpan) };
    const rejected = error instanceof TooManyRejects ? { rejected: error.records } : {};
    const told = error instanceof ChecksFailed ? toldChecks(error.judged) : {};
    const problemsNow = [...problems, failure];
    return outcome({
      status: 'failed',
      reason: failure.message,
      ...rejected,
      ...told,
      problems: problemsNow,
    });
  }
}

/** The outcome that keeps what reads it from being brought up to date. */
export function stoppedBy(upstream: readonly ModelOutcome[]): ModelOutcome | undefined {
  return upstream.find(({ status }) => ['failed', 'blocked', 'cancelled'].includes(status));
}

/** The plan was made from what was published then: it stands while nothing above was published since. */
function decisionHolds(node: GraphNode, { graph, rebuilt }: RunState): boolean {
  return !rowSources(node, graph.nodes).some((key) => rebuilt.has(key));
}

async function bringUpToDate(
  context: PipelineContext,
  state: RunState,
  node: GraphNode,
  warnings: readonly Problem[],
  known: Decision | undefined,
): Promise<Ending> {
  const snapshot = await context.lake.snapshot();
  const { graph, fullRefresh, damage, signal } = state;
  const look = () => modelFacts(context, node, { graph, snapshot, fullRefresh, damage, signal }, []);
  const seen = known?.action === 'skip' ? undefined : await look();
  const decision = known ?? seen?.decision;
  const current = snapshot.manifest.tables[node.model.key];
  const standing = current === undefined ? undefined : { node, current, snapshot, warnings };
  if (decision?.action === 'skip') {
    const shown = await shownNow(context, state, node, current, snapshot);
    const skipped = await skip(state, node, shown, decision.reason, warnings);
    if (standing === undefined || !decision.judges) return skipped;
    const judged = await judgeUnchanged(context, state, standing);
    if (judged !== undefined) return judged;
  }
  const facts = seen ?? (await look());
  const [unreadable] = facts.problems;
  if (unreadable !== undefined) throw new ProblemError(unreadable);
  if (decision?.action === 'judge' && standing !== undefined) {
    const kept = await keepUnderChangedChecks(context, state, standing, facts.fingerprint);
    if (kept !== undefined) return kept;
  }
  const reason = decision?.reason ?? '';
  return node.model.form === 'view'
    ? publishView(context, state, node, reason, facts, warnings)
    : publishTable(context, state, node, reason, facts, warnings);
}

/** A view's columns are those of what it reads: they can change while its text stays. */
async function shownNow(
  context: PipelineContext,
  state: RunState,
  node: GraphNode,
  current: TableEntry | undefined,
  snapshot: Snapshot,
): Promise<TableEntry | undefined> {
  if (current?.form !== 'view' || decisionHolds(node, state)) return current;
  const columns = await buildView(context, node, state, snapshot);
  if (JSON.stringify(columns) === JSON.stringify(current.version.columns)) return current;
  const changed = { ...current, version: { ...current.version, columns } };
  await state.commits.submit({ kind: 'entry', entry: changed });
  return changed;
}

/** The rows stay; only what people read about the table may have changed. */
async function skip(
  state: RunState,
  node: GraphNode,
  current: TableEntry | undefined,
  reason: string,
  warnings: readonly Problem[],
): Promise<Ending> {
  if (current === undefined) return { status: 'skipped', reason, problems: warnings };
  const renamed: TableEntry = { ...withoutDetails(current), ...detailsOf(node), name: node.model.name };
  if (
    JSON.stringify(renamed) !==
    JSON.stringify({ ...withoutDetails(current), ...detailsIn(current), name: current.name })
  ) {
    await state.commits.submit({ kind: 'entry', entry: renamed });
  }
  return ending(node.model, current, { status: 'skipped', reason, problems: warnings });
}

function upstreamProblem({ node }: PlannedModel, reason: string): Problem {
  return problem('run.upstream-failed', `${node.model.name} was not built: ${reason}.`, {
    hint: 'Its last version stays. Mend what failed and run again.',
    place: { notebook: node.model.position.notebook, cell: node.model.position.cell },
  });
}
