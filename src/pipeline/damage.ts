import type { Manifest } from '../lake/manifest.js';
import type { PipelineContext } from './context.js';

/** Why current versions can't be trusted on disk, by table key: their tables are built again. */
export async function findDamage(
  { lake, logger }: PipelineContext,
  manifest: Manifest,
): Promise<ReadonlyMap<string, string>> {
  const damages = await lake.findDamage(manifest);
  for (const { problem } of damages) logger.warn(problem.message);
  return new Map(damages.map(({ table, problem }) => [table, problem.message.replace(/\.$/, '')]));
}
