import { EngineError, type EngineSession } from '../engine/engine.js';
import type { GraphNode } from '../graph/node.js';
import type { CheckResult, TableEntry } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import { ProblemError } from '../protocol/problem.js';
import { lakeKey } from '../sql/names.js';
import { bindChecks } from './bindChecks.js';
import type { PipelineContext } from './context.js';
import { judgeChecks } from './judgeChecks.js';
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
): Promise<readonly CheckResult[] | undefined> {
  const { node, current } = published;
  if (current.version.quarantine.length > 0) return undefined;
  const everyOne = node.model.checks.map(() => true);
  const checks = await judgePublished(context, published, everyOne, state);
  const broken = checks?.some(({ action, failures }) => action !== 'warn' && failures > 0);
  return broken ? undefined : checks;
}

/**
 * Judges those checks again whose answer changes by itself, as of `fresh`; the rows stay, and so does what the
 * others said of them. Undefined when they can't be judged without a build.
 */
export async function judgeVolatile(
  context: PipelineContext,
  published: PublishedModel,
  state: JudgingState,
): Promise<readonly CheckResult[] | undefined> {
  const { node, current } = published;
  const { checks } = node.model;
  const wanted = checks.map(({ volatile }) => volatile !== undefined);
  const judged = await judgePublished(context, published, wanted, state);
  return judged?.map((result, index) => (wanted[index] ? result : (current.version.checks[index] ?? result)));
}

/** Results for all checks, in order; those that are not wanted count no failure. */
async function judgePublished(
  context: PipelineContext,
  { node, current, snapshot }: PublishedModel,
  wanted: readonly boolean[],
  { sessions, startedAt, signal }: JudgingState,
): Promise<readonly CheckResult[] | undefined> {
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
    const judged = model.checks.filter((_, index) => wanted[index]);
    await bindChecks(session, { ...model, checks: judged }, rowsOf(session, file), { signal });
    // What `drop` took out is not in the file, so there every rule is judged on all rows.
    const asWarnings = judged.map((check) => ({ ...check, action: 'warn' as const }));
    const scope = { model: model.key, runStartedAt: startedAt };
    const results = [...(await judgeChecks(session, asWarnings, { kept: file }, scope, { signal }))];
    return model.checks.map(({ text, action }, index) => {
      const result = wanted[index] ? results.shift() : undefined;
      return { ...(result ?? { check: text.trim(), failures: 0 }), action };
    });
  } catch (error) {
    // The build says which check it is, before it writes anything.
    if (isUnjudged(error)) return undefined;
    throw error;
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
