import { EngineError } from '../engine/engine.js';
import { placeInSelect } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { Snapshot } from '../lake/snapshot.js';
import { ProblemError } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';
import type { Span } from '../protocol/text.js';
import type { PipelineContext } from './context.js';
import { openSession } from './openSession.js';
import type { RunState } from './runState.js';
import { SessionCatalog } from './sessionCatalog.js';
import { statementProblem } from './statementProblem.js';

/**
 * A view stores nothing: binding it shows that it can be read, and with which columns. Throws a ProblemError,
 * `sql.cancelled` when the signal is aborted.
 */
export async function buildView(
  context: PipelineContext,
  { model, session: used }: GraphNode,
  { sessions, startedAt, signal }: Pick<RunState, 'sessions' | 'startedAt' | 'signal'>,
  snapshot: Snapshot,
): Promise<readonly ResultColumn[]> {
  const session = await openSession(context);
  const catalog = new SessionCatalog(context, session, startedAt);
  try {
    const { select, references } = model;
    const { rewritten } = await catalog.prepare(select, references, used, { snapshot, sessions, signal });
    try {
      return await session.describe(rewritten.text, { signal });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { manifest } = snapshot;
      const placeOf = (span: Span) => placeInSelect(model, span);
      throw new ProblemError(
        statementProblem(error, { text: select, references, placeOf, rewritten, manifest }),
        { cause: error },
      );
    }
  } finally {
    catalog.stop();
    await session.close();
  }
}
