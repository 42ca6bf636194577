import type { Graph } from '../graph/graph.js';
import { placeAt } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { SessionStatements } from '../graph/sessionUse.js';
import type { Change, TableDetails } from '../lake/changes.js';
import type { Fingerprint, Manifest, TableEntry, VersionInput } from '../lake/manifest.js';
import type { Writer } from '../lake/writer.js';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import type { ModelOutcome } from '../protocol/run.js';
import { type BuiltModel, buildModel, recordsOf } from './buildModel.js';
import { buildView } from './buildView.js';
import type { PipelineContext } from './context.js';
import { fingerprintOf } from './fingerprint.js';
import type { GroupCommit } from './groupCommit.js';
import { type InputState, rowSources } from './inputStates.js';
import { judgeAgain } from './judgeAgain.js';
import { modelFacts, type PlannedModel } from './plan.js';
import { problemOf } from './problemOf.js';

/** What the models of one run share, and the place of this one among those that are worked on. */
export interface RunState {
  readonly graph: Graph;
  readonly sessions: SessionStatements;
  readonly writer: Writer;
  /** Resolves with the manifest that holds the change. */
  readonly commits: GroupCommit<Change, Manifest>;
  readonly fullRefresh: boolean;
  readonly damage: ReadonlyMap<string, string>;
  /** Keys of the models that got a new version in this run. */
  readonly rebuilt: Set<string>;
  readonly startedAt: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (model: string, share: number) => void;
  /** Lets another model begin: from here on this one only waits for its commit. */
  readonly release: () => void;
}

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
  const stopped = upstream.find(({ status }) => ['failed', 'blocked', 'cancelled'].includes(status));
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
    return outcome({ status: 'failed', reason: failure.message, problems: [...problems, failure] });
  }
}

/** The plan was made from what was published then: it stands while nothing above was published since. */
function decisionHolds(node: GraphNode, { graph, rebuilt }: RunState): boolean {
  return !rowSources(node, graph.nodes).some((key) => rebuilt.has(key));
}

type Ending = Omit<ModelOutcome, 'model' | 'form' | 'elapsedMs'>;

async function bringUpToDate(
  context: PipelineContext,
  state: RunState,
  node: GraphNode,
  warnings: readonly Problem[],
  known: { readonly action: 'build' | 'skip' | 'judge'; readonly reason: string } | undefined,
): Promise<Ending> {
  const snapshot = await context.lake.snapshot();
  const { graph, fullRefresh, damage } = state;
  const facts =
    known?.action === 'skip'
      ? undefined
      : await modelFacts(context, node, { graph, snapshot, fullRefresh, damage }, []);
  const decision = known ?? facts?.decision;
  const current = snapshot.manifest.tables[node.model.key];
  if (facts === undefined || decision?.action === 'skip') {
    return skip(state, node, current, decision?.reason ?? '', warnings);
  }
  const [unreadable] = facts.problems;
  if (unreadable !== undefined) throw new ProblemError(unreadable);
  if (decision?.action === 'judge' && current !== undefined) {
    const judged = await judgeAgain(context, node, current, snapshot, state.signal);
    if (judged !== undefined) {
      const version = { ...current.version, checks: judged.checks, fingerprint: facts.fingerprint };
      await state.commits.submit({ kind: 'entry', entry: { ...current, ...detailsOf(node), version } });
      return ending('judged', 'its checks changed, and hold for what is published', { ...current, version }, [
        ...warnings,
        ...judged.problems,
      ]);
    }
  }
  const reason = decision?.reason ?? '';
  return node.model.form === 'view'
    ? publishView(context, state, node, reason, facts, warnings)
    : publishTable(context, state, node, reason, facts, warnings);
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
  return ending('skipped', reason, current, warnings);
}

interface Facts {
  readonly fingerprint: Fingerprint;
  readonly inputs: readonly InputState[];
}

async function publishTable(
  context: PipelineContext,
  state: RunState,
  node: GraphNode,
  reason: string,
  facts: Facts,
  warnings: readonly Problem[],
): Promise<Ending> {
  const { model } = node;
  const { sessions, startedAt, signal } = state;
  const snapshot = await context.lake.snapshot();
  const staged = await state.writer.stage(model.name);
  const built = await buildModel(
    context,
    { node, sessions, snapshot, runStartedAt: startedAt, directory: staged.directory },
    { signal, onProgress: (share) => state.onProgress(model.name, share) },
  );
  const { columns, kept, dropped } = built.written;
  const engine = await context.engine();
  const verified = await state.writer.verify(
    staged,
    { columns, files: [kept], quarantine: dropped === undefined ? [] : [dropped] },
    (files) => engine.readFooters(files),
  );
  signal.throwIfAborted();
  const { inputs, contracts } = inputsAsRead(facts.inputs, built);
  const { engineVersion, timeZone } = context;
  const fingerprint = fingerprintOf(node, { engineVersion, timeZone, inputs, contracts });
  state.release();
  const manifest = await state.commits.submit({
    kind: 'table',
    verified,
    table: detailsOf(node),
    version: { fingerprint, sql: model.select, inputs, checks: built.checks },
  });
  const entry = entryIn(manifest, model.key);
  const rowsIn = rowsRead(node, built, snapshot.manifest);
  return ending('built', reason, entry, [...warnings, ...built.warnings], rowsIn);
}

async function publishView(
  context: PipelineContext,
  state: RunState,
  node: GraphNode,
  reason: string,
  { fingerprint, inputs }: Facts,
  warnings: readonly Problem[],
): Promise<Ending> {
  const snapshot = await context.lake.snapshot();
  const columns = await buildView(context, node, state.sessions, snapshot, state.startedAt);
  state.release();
  const manifest = await state.commits.submit({
    kind: 'view',
    name: node.model.name,
    columns,
    table: detailsOf(node),
    version: {
      fingerprint,
      sql: node.model.select,
      inputs: inputs.flatMap((input) => (input.kind === 'landing' ? [] : [input])),
      checks: [],
    },
  });
  return ending('built', reason, entryIn(manifest, node.model.key), warnings);
}

/** What was read while building stands for what was seen before it: a contract may have been written since. */
function inputsAsRead(seen: readonly InputState[], built: BuiltModel) {
  const contracts: string[] = [];
  const inputs = seen.map((input): VersionInput => {
    if (input.kind !== 'landing') return input;
    const read = built.landing.get(input.pattern);
    if (read === undefined) throw new Error(`landing('${input.pattern}') was planned but not read.`);
    contracts.push(read.contractHash);
    return { ...input, files: read.files };
  });
  return { inputs, contracts };
}

function rowsRead(node: GraphNode, built: BuiltModel, manifest: Manifest): number | undefined {
  const keys = [...new Set(node.inputs.tables.map(({ key }) => key))];
  const entries = keys.map((key) => manifest.tables[key]);
  const others = node.inputs.quarantines.length > 0 || entries.some((entry) => entry?.form !== 'table');
  if (others) return undefined;
  const fromTables = entries.reduce((sum, entry) => sum + (entry?.version.rows ?? 0), 0);
  return fromTables + recordsOf(built.landing);
}

function detailsOf({ model }: GraphNode): TableDetails {
  return {
    ...(model.description === undefined ? {} : { description: model.description }),
    ...(model.owner === undefined ? {} : { owner: model.owner }),
    tags: model.tags,
    columnDescriptions: model.columnDescriptions,
    notebook: model.position.notebook,
    cell: model.position.cell,
  };
}

function detailsIn({
  description,
  owner,
  tags,
  columnDescriptions,
  notebook,
  cell,
}: TableEntry): TableDetails {
  return {
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
    tags,
    columnDescriptions,
    notebook,
    cell,
  };
}

function withoutDetails({ name, form, version, earlier }: TableEntry) {
  return { name, form, version, earlier };
}

function ending(
  status: 'built' | 'skipped' | 'judged',
  reason: string,
  { version, form }: Pick<TableEntry, 'version' | 'form'>,
  problems: readonly Problem[],
  rowsIn?: number,
): Ending {
  const counts = {
    rows: version.rows,
    bytes: version.bytes,
    dropped: version.quarantine.reduce((sum, { rows }) => sum + rows, 0),
    ...(rowsIn === undefined ? {} : { rowsIn }),
  };
  return { status, reason, version: version.version, ...(form === 'table' ? counts : {}), problems };
}

function entryIn(manifest: Manifest, key: string): TableEntry {
  const entry = manifest.tables[key];
  if (entry === undefined) throw new Error(`${key} is not in the generation that published it.`);
  return entry;
}

function upstreamProblem({ node }: PlannedModel, reason: string): Problem {
  return problem('run.upstream-failed', `${node.model.name} was not built: ${reason}.`, {
    hint: 'Its last version stays. Mend what failed and run again.',
    place: { notebook: node.model.position.notebook, cell: node.model.position.cell },
  });
}
