import { EngineError } from '../engine/engine.js';
import type { GraphNode } from '../graph/node.js';
import type { CheckResult, TableEntry } from '../lake/manifest.js';
import type { Snapshot } from '../lake/snapshot.js';
import type { Problem } from '../protocol/problem.js';
import { judge } from './checks.js';
import type { PipelineContext } from './context.js';
import { judgeChecks } from './judgeChecks.js';
import { openSession } from './openSession.js';

/**
 * Judges changed checks on what is published. Undefined when the table must be built again: a check fails or
 * can't be judged, a dropping one would take rows out, or one that took rows out before is no longer the same.
 */
export async function judgeAgain(
  context: PipelineContext,
  { model, session: used }: GraphNode,
  current: TableEntry,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<{ readonly checks: readonly CheckResult[]; readonly problems: readonly Problem[] } | undefined> {
  const [file] = snapshot.files(current.name) ?? [];
  if (file === undefined || current.version.quarantine.length > 0) return undefined;
  const session = await openSession(context);
  try {
    // What a comparison means depends on settings. A check that needs more of the session fails here, and builds.
    for (const { kind, text } of used) if (kind === 'setting') await session.execute(text, { signal });
    // Nothing was dropped, so every rule is judged on the published rows.
    const judged = model.checks.map((check) => ({ ...check, action: 'warn' as const }));
    const counted = await judgeChecks(session, judged, file, undefined, { signal });
    const checks = counted.map((result, index) => ({
      ...result,
      action: model.checks[index]?.action ?? 'fail',
    }));
    const broken = checks.some(({ action, failures }) => action !== 'warn' && failures > 0);
    return broken ? undefined : { checks, problems: judge(model, checks) };
  } catch (error) {
    // The build says which check it is, before it writes anything.
    if (error instanceof EngineError) return undefined;
    throw error;
  } finally {
    await session.close();
  }
}
