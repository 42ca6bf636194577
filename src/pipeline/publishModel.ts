import type { GraphNode } from '../graph/node.js';
import type { Fingerprint, Manifest, TableEntry, VersionInput } from '../lake/manifest.js';
import type { Staged, Written } from '../lake/staging.js';
import { faultLine } from '../protocol/fault.js';
import type { Problem } from '../protocol/problem.js';
import { type BuiltModel, buildModel } from './buildModel.js';
import { buildView } from './buildView.js';
import type { PipelineContext } from './context.js';
import { type Ending, ending } from './ending.js';
import { fingerprintOf } from './fingerprint.js';
import type { InputState } from './inputStates.js';
import { toldChecks } from './judgeChecks.js';
import { recordsOf, rejectedOf } from './reconcile.js';
import { RecordsApart } from './recordsApart.js';
import type { RunState } from './runState.js';
import { detailsOf } from './tableDetails.js';

/** What was found out about a model before it is built. */
export interface Facts {
  readonly fingerprint: Fingerprint;
  readonly inputs: readonly InputState[];
}

/** Builds a table's new version and publishes it. Throws a ProblemError. */
export async function publishTable(
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
  const apart = new RecordsApart(context, staged.work, { table: model.name, run: state.run });
  const { directory } = staged;
  const request = { node, sessions, snapshot, runStartedAt: startedAt, directory, apart };
  const onProgress = (share: number): void => state.onProgress(model.name, share);
  const built = await buildModel(context, request, { signal, onProgress }).catch(async (error: unknown) => {
    await keepRejects(context, state, staged, apart);
    // A failed build can leave gigabytes, and the run may go on for long.
    await state.writer.discard(staged);
    throw error;
  });
  const { columns, kept, dropped } = built.written;
  const engine = await context.engine();
  const verified = await state.writer.verify(
    staged,
    {
      columns,
      files: [kept],
      quarantine: dropped === undefined ? [] : [dropped],
      ...rejectsOf(built, apart),
    },
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
    version: {
      fingerprint,
      sql: model.select,
      inputs,
      checks: built.judged.results,
      equation: built.equation,
    },
  });
  const entry = entryIn(manifest, model.key);
  const rowsIn = rowsRead(node, built, snapshot.manifest);
  const problems = [...warnings, ...built.warnings];
  const told = { equation: built.equation, ...toldChecks(built.judged) };
  return ending(model, entry, {
    status: 'built',
    reason,
    problems,
    ...told,
    ...(rowsIn !== undefined && { rowsIn }),
  });
}

function rejectsOf({ landing }: BuiltModel, { rejects }: RecordsApart): Pick<Written, 'rejects'> {
  const records = [...landing.values()].reduce((sum, source) => sum + rejectedOf(source), 0);
  return rejects.length === 0 ? {} : { rejects: { records, files: rejects.map(({ file }) => file) } };
}

/** The failure is told in any case: one of keeping its rejects as well would only hide it. */
async function keepRejects(
  { logger }: PipelineContext,
  { writer, run }: RunState,
  staged: Staged,
  { rejects }: RecordsApart,
): Promise<void> {
  if (rejects.length === 0) return;
  try {
    const files = rejects.map(({ file }) => file.path);
    await writer.keepRejects(run, staged, files);
  } catch (error) {
    logger.warn(`The rejects of ${staged.name} were not kept: ${faultLine(error)}`);
  }
}

/** Publishes a view, which stores nothing but its text. Throws a ProblemError. */
export async function publishView(
  context: PipelineContext,
  state: RunState,
  node: GraphNode,
  reason: string,
  { fingerprint, inputs }: Facts,
  warnings: readonly Problem[],
): Promise<Ending> {
  const snapshot = await context.lake.snapshot();
  const columns = await buildView(context, node, state, snapshot);
  state.signal.throwIfAborted();
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
  const entry = entryIn(manifest, node.model.key);
  return ending(node.model, entry, { status: 'built', reason, problems: warnings });
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
  const read = node.inputs.tables.filter(({ forCheck }) => forCheck === undefined);
  const keys = [...new Set(read.map(({ key }) => key))];
  const entries = keys.map((key) => manifest.tables[key]);
  const others = node.inputs.keptRows.length > 0 || entries.some((entry) => entry?.form !== 'table');
  if (others) return undefined;
  const fromTables = entries.reduce((sum, entry) => sum + (entry?.version.rows ?? 0), 0);
  return fromTables + recordsOf(built.landing);
}

function entryIn(manifest: Manifest, key: string): TableEntry {
  const entry = manifest.tables[key];
  if (entry === undefined) throw new Error(`${key} is not in the generation that published it.`);
  return entry;
}
