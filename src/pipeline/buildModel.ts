import {
  EngineError,
  type EngineSession,
  type ExecuteOptions,
  type ParquetWrite,
  type ParquetWritten,
} from '../engine/engine.js';
import { placeAt, placeInSelect } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { SessionStatements } from '../graph/sessionUse.js';
import type { LandingSource } from '../ingest/landingSource.js';
import { filesWithoutRows } from '../ingest/landingWarnings.js';
import type { Manifest } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import { type Problem, ProblemError, warning } from '../protocol/problem.js';
import type { RowEquation } from '../protocol/quality.js';
import type { Span } from '../protocol/text.js';
import { bindChecks } from './bindChecks.js';
import type { PipelineContext } from './context.js';
import { droppingOf } from './dropping.js';
import { emptyDirectory } from './emptyDirectory.js';
import { type Judged, judgeChecks } from './judgeChecks.js';
import { ChecksFailed, judge } from './judgement.js';
import { openSession } from './openSession.js';
import {
  equationOf,
  type LandingFiles,
  needsCounts,
  readsEveryRecord,
  shapeOf,
  unreconciled,
} from './reconcile.js';
import type { RecordsApart } from './recordsApart.js';
import { type PreparedStatement, SessionCatalog } from './sessionCatalog.js';
import { statementProblem } from './statementProblem.js';

/** What a model's SELECT gave, written and judged but not published. */
export interface BuiltModel {
  readonly written: ParquetWritten;
  readonly judged: Judged;
  readonly equation: RowEquation;
  /** By landing pattern. */
  readonly landing: ReadonlyMap<string, LandingFiles>;
  readonly warnings: readonly Problem[];
}

/** What a build needs to know besides the model. */
export interface BuildRequest {
  readonly node: GraphNode;
  readonly sessions: SessionStatements;
  readonly snapshot: Snapshot;
  readonly runStartedAt: Date;
  /** An empty directory. */
  readonly directory: string;
  /** Where records of landing files go that do not fit. */
  readonly apart: RecordsApart;
}

/**
 * Builds one model. Landing files are read strictly; once a record of theirs does not fit, those that don't are
 * set apart and it begins again. Throws a ProblemError; what it wrote then means nothing.
 */
export async function buildModel(
  context: PipelineContext,
  request: BuildRequest,
  options: ExecuteOptions,
): Promise<BuiltModel> {
  for (;;) {
    const built = await attempt(context, request, options);
    if (built !== undefined) return built;
    await emptyDirectory(request.directory);
  }
}

/**
 * Builds it on a fresh session with its session statements replayed, so that what somebody ran in another order
 * can't reach the lake. Undefined when records were set apart meanwhile.
 */
async function attempt(
  context: PipelineContext,
  request: BuildRequest,
  options: ExecuteOptions,
): Promise<BuiltModel | undefined> {
  const { node, snapshot, sessions, runStartedAt, apart } = request;
  const session = await openSession(context);
  const { signal } = options;
  const catalog = new SessionCatalog(context, session, runStartedAt, apart);
  try {
    const { select, references } = node.model;
    const prepared = await catalog.prepare(select, references, node.session, {
      snapshot,
      sessions,
      signal,
    });
    const referenced = node.inputs.tables.filter(({ forCheck }) => forCheck).map(({ key }) => key);
    await catalog.defineTables(referenced, { snapshot, sessions, signal });
    return await write(session, request, { ...prepared, catalog, manifest: snapshot.manifest }, options);
  } catch (error) {
    const source = catalog.sourceAtFault(error);
    if (source === undefined) throw error;
    if ((await apart.look(source, options)) !== undefined) return undefined;
    const explained = error instanceof EngineError ? await source.explain(error) : undefined;
    throw explained === undefined ? error : new ProblemError(explained, { cause: error });
  } finally {
    catalog.stop();
    await session.close();
  }
}

/** A prepared SELECT and the catalog that knows its files. */
interface PreparedModel extends PreparedStatement {
  readonly catalog: SessionCatalog;
  readonly manifest: Manifest;
}

async function write(
  session: EngineSession,
  { node, directory, runStartedAt, apart }: BuildRequest,
  prepared: PreparedModel,
  options: ExecuteOptions,
): Promise<BuiltModel | undefined> {
  const { model } = node;
  const select = prepared.rewritten.text;
  const columns = () => located(node, prepared, () => session.describe(select, options));
  await bindChecks(session, model, { select, columns }, options);
  const drop = await droppingOf(node, prepared.manifest, columns);
  const count = needsCounts(shapeOf(node));
  const request = { select, directory, count, ...(drop && { drop }) };
  const written = await located(node, prepared, () =>
    writeWidening(session, request, prepared.catalog, options),
  );
  const isProof = readsEveryRecord(node);
  for (const source of isProof ? [] : unseen(prepared.catalog.sources))
    if ((await apart.look(source, options)) !== undefined) return undefined;
  const landing = await finishSources(prepared.catalog.sources, isProof);
  const equation = equationOf(node, written, { manifest: prepared.manifest, landing });
  const lost = unreconciled(model, equation);
  if (lost !== undefined) throw new ProblemError(lost);
  const files = { kept: written.kept.path, dropped: written.dropped };
  const scope = { model: model.key, runStartedAt };
  const judged = await judgeChecks(session, model.checks, files, scope, options);
  const problems = judge(model, judged);
  const failed = problems.find(({ severity }) => severity === 'error');
  if (failed !== undefined) throw new ChecksFailed(failed, judged);
  const rowless = [...landing.values()].flatMap(({ files }) => filesWithoutRows(files));
  const warnings = [...problems, ...lineageWarning(node, written), ...rowless];
  return { written, judged, equation, landing, warnings };
}

/** Writes, and tries again as long as a contract made by this very build can be widened. */
async function writeWidening(
  session: EngineSession,
  request: ParquetWrite,
  catalog: SessionCatalog,
  options: ExecuteOptions,
): Promise<ParquetWritten> {
  for (;;) {
    try {
      return await session.writeParquet(request, options);
    } catch (error) {
      if (!(error instanceof EngineError) || !(await catalog.widen(error, options))) throw error;
      await emptyDirectory(request.directory);
    }
  }
}

/**
 * The files of which nobody knows whether all records fit: a query that leaves out columns or rows does not read
 * them all. Which of its records are rejected must not depend on what another model reads.
 */
function unseen(sources: ReadonlyMap<string, LandingSource>): readonly LandingSource[] {
  return [...sources.values()].filter(
    ({ knownRejects, contract }) => knownRejects === 'unknown' && !contract.written,
  );
}

/** Gives an engine's error the place in the notebook, and an unreadable landing file its own words. */
async function located<T>(
  { model }: Pick<GraphNode, 'model'>,
  prepared: PreparedModel,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError) || prepared.catalog.sourceAtFault(error) !== undefined) throw error;
    const landingProblem = await prepared.catalog.explain(error);
    if (landingProblem !== undefined) throw new ProblemError(landingProblem, { cause: error });
    const { select: text, references } = model;
    const placeOf = (span: Span) => placeInSelect(model, span);
    const found = statementProblem(error, { text, references, placeOf, ...prepared });
    throw new ProblemError(
      found.place === undefined ? { ...found, place: placeAt(model.position, model.nameSpan) } : found,
      { cause: error },
    );
  }
}

async function finishSources(
  sources: ReadonlyMap<string, LandingSource>,
  isProof: boolean,
): Promise<ReadonlyMap<string, LandingFiles>> {
  const finished = await Promise.all(
    [...sources].map(async ([pattern, source]) => {
      const files = await source.finish(isProof ? 'every record was read' : undefined);
      return [pattern, { files, contractHash: source.contract.hash }] as const;
    }),
  );
  return new Map(finished);
}

function lineageWarning({ model, inputs }: GraphNode, { columns }: ParquetWritten): Problem[] {
  if (model.layer !== 'bronze' || inputs.landing.length === 0) return [];
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  if (names.has('_file') && names.has('_row')) return [];
  return [
    warning(
      'landing.lineage',
      `${model.name} leaves out _file or _row: its rows can't be traced to their lines.`,
      {
        hint: 'Select both, or write SELECT *.',
        place: placeAt(model.position, model.nameSpan),
      },
    ),
  ];
}
