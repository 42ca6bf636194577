import type { EngineSession } from '../engine/engine.js';
import { quoteLiteral } from '../sql/names.js';
import type { PipelineContext } from './context.js';

/**
 * A fresh engine session in the project's time zone, which finds files by their paths from the project's folder.
 * The caller closes it.
 */
export async function openSession({ engine, timeZone, root }: PipelineContext): Promise<EngineSession> {
  const session = await (await engine()).openSession();
  await session.execute(`SET TimeZone = ${quoteLiteral(timeZone)}`);
  await session.execute(`SET SESSION file_search_path = ${quoteLiteral(root)}`);
  return session;
}
