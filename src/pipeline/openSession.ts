import type { EngineSession } from '../engine/engine.js';
import { quoteLiteral } from '../sql/names.js';
import type { PipelineContext } from './context.js';

/**
 * A fresh engine session in the project's time zone. The caller closes it. The engine counts relative paths from
 * the process's folder, which whoever opens a project makes the project's; the engine's own list of folders to
 * search parts them by commas, which a folder's name can have.
 */
export async function openSession({ engine, timeZone }: PipelineContext): Promise<EngineSession> {
  const session = await (await engine()).openSession();
  await session.execute(`SET TimeZone = ${quoteLiteral(timeZone)}`);
  return session;
}
