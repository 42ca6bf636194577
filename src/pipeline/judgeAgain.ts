import { EngineError, type EngineSession } from '../engine/engine.js';
import type { GraphNode } from '../graph/node.js';
import type { TableEntry } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import { ProblemError } from '../protocol/problem.js';
import { lakeKey } from '../sql/names.js';
import { bindChecks } from './bindChecks.js';
import type { PipelineContext } from './context.js';
import { type Judged, judgeChecks } from './judgeChecks.js';
import { openSession } from './openSession.js';
import { parquetSource } from './parquetSource.js';
import type { RunState } from './runState.js';
import { SessionCatalog } from './sessionCatalog.js';

/** A model and what is published of it. */
export interface PublishedModel {
  readonly node: GraphNode;
  readonly current: TableEntry;
  readonly snapshot: Snapshot;
}

type JudgingState = Pick<RunState, 'sessions' | 'startedAt' | 'signal'>;

/**
 * Judges changed checks on what is published. Undefined when the table must be built again: a check fails or
 * can't be judged, a dropping one would take rows out, or one that took rows out before is no longer the same.
 */
export async function judgeChanged(
  context: PipelineContext,
  published: PublishedModel,
  state: JudgingState,
): Promise<Judged | undefined> {
  const { node, current } = published;
  if (current.version.quarantine.length > 0) return undefined;
  const everyOne = node.model.checks.map(() => true);
  const judged = await judgePublished(context, published, everyOne, state);
  const broken = judged?.results.some(({ action, failures }) => action !== 'warn' && failures > 0);
  return broken ? undefined : judged;
}

/**
 * Judges those checks again whose answer changes by itself, as of `fresh`; the rows stay, and so does what the
 * others said of them. Undefined when they can't be judged without a build.
 */
export async function judgeVolatile(
  context: PipelineContext,
  published: PublishedModel,
  state: JudgingState,
): Promise<Judged | undefined> {
  const { node, current } = published;
  const { checks } = node.model;
  const wanted = checks.map(({ volatile }) => volatile !== undefined);
  const judged = await judgePublished(context, published, wanted, state);
  if (judged === undefined) return undefined;
  const known = current.version.checks;
  const results = judged.results.map((result, index) => (wanted[index] ? result : (known[index] ?? result)));
  return { ...judged, results };
}

/** As {@link judgeNow}, but undefined for checks that can't be judged: the build says which, before it writes anything. */
async function judgePublished(
  context: PipelineContext,
  published: PublishedModel,
  wanted: readonly boolean[],
  state: JudgingState,
): Promise<Judged | undefined> {
  try {
    return await judgeNow(context, published, wanted, state);
  } catch (error) {
    if (isUnjudged(error)) return undefined;
    throw error;
  }
}

/**
 * Judges checks on what is published, without regard to their actions. Gives results for all, in order; those that
 * are not wanted count no failure. Undefined where there is no file. Throws EngineError, and a ProblemError
 * `notebook.declaration` for a check that can't be judged.
 */
export async function judgeNow(
  context: PipelineContext,
  { node, current, snapshot }: PublishedModel,
  wanted: readonly boolean[],
  { sessions, startedAt, signal }: JudgingState,
): Promise<Judged | undefined> {
  const { model, session: used, inputs } = node;
  const [file] = snapshot.files(current.name) ?? [];
  if (file === undefined) return undefined;
  const session = await openSession(context);
  const catalog = new SessionCatalog(context, session, startedAt);
  try {
    // What a comparison means depends on settings. A check that needs more of the session fails here, and builds.
    for (const { kind, text } of used) if (kind === 'setting') await session.execute(text, { signal });
    const keys = inputs.tables.filter(({ key }) => isReferenced(model, key)).map(({ key }) => key);
    await catalog.defineTables(keys, { snapshot, sessions, signal });
    const chosen = model.checks.filter((_, index) => wanted[index]);
    await bindChecks(session, { ...model, checks: chosen }, rowsOf(session, file), { signal });
    // What `drop` took out is not in the file, so there every rule is judged on all rows.
    const asWarnings = chosen.map((check) => ({ ...check, action: 'warn' as const }));
    const scope = { model: model.key, runStartedAt: startedAt };
    const judged = await judgeChecks(session, asWarnings, { kept: file }, scope, { signal });
    const answers = [...judged.results];
    const results = model.checks.map(({ text, action }, index) => {
      const result = wanted[index] ? answers.shift() : undefined;
      return { ...(result ?? { check: text, failures: 0 }), action };
    });
    return { ...judged, results };
  } finally {
    catalog.stop();
    await session.close();
  }
}

function isReferenced({ checks }: GraphNode['model'], key: string): boolean {
  return checks.some((check) => check.kind === 'references' && lakeKey(check.table) === key);
}

function rowsOf(session: EngineSession, file: string) {
  const select = `SELECT * FROM ${parquetSource([file])}`;
  return { select, columns: () => session.describe(select) };
}

function isUnjudged(error: unknown): boolean {
  return (
    error instanceof EngineError ||
    (error instanceof ProblemError && error.problem.code === 'notebook.declaration')
  );
}
