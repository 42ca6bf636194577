import { EngineError } from '../engine/engine.js';
import { placeInSelect } from '../graph/model.js';
import type { GraphNode } from '../graph/node.js';
import type { SessionStatements } from '../graph/sessionUse.js';
import type { Snapshot } from '../lake/snapshot.js';
import { ProblemError } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';
import { tokenAt } from '../sql/tokenAt.js';
import type { PipelineContext } from './context.js';
import { openSession } from './openSession.js';
import { SessionCatalog } from './sessionCatalog.js';
import { sqlProblem } from './sqlProblem.js';

/** A view stores nothing: binding it shows that it can be read, and with which columns. Throws a ProblemError. */
export async function buildView(
  context: PipelineContext,
  { model, session: used }: GraphNode,
  sessions: SessionStatements,
  snapshot: Snapshot,
  runStartedAt: Date,
): Promise<readonly ResultColumn[]> {
  const session = await openSession(context);
  try {
    const catalog = new SessionCatalog(context, session, runStartedAt);
    const { rewritten } = await catalog.prepare(model.select, model.references, used, snapshot, sessions);
    try {
      return await session.describe(rewritten.text);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const found = sqlProblem(error, (offset) => {
        return placeInSelect(model, tokenAt(model.select, rewritten.toOriginal(offset)));
      });
      throw new ProblemError(found, { cause: error });
    }
  } finally {
    await session.close();
  }
}
