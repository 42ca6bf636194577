import { join } from 'node:path';
import type { LakeContext } from './context.js';
import { removeLeftover } from './durable.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { moveFolder } from './publish.js';
import type { Staged } from './staging.js';
import { parseTableName, tableKey } from './tableName.js';

/** Rejected records that a run left which did not publish their table. */
export interface RunRejects {
  readonly run: number;
  /** Absolute. */
  readonly files: readonly string[];
}

/**
 * Keeps the rejected records of a build that failed, as long as the record of its run.
 * @param files absolute, in the staged table's work folder.
 */
export async function keepRunRejects(
  context: LakeContext,
  run: number,
  staged: Staged,
  files: readonly string[],
): Promise<void> {
  const { fileSystem, layout } = context;
  const folder = `${staged.directory}.rejects`;
  await fileSystem.mkdir(folder);
  const named = files.map((path, index) => ({ path, name: `${index + 1}.parquet` }));
  for (const { path, name } of named) await fileSystem.rename(path, join(folder, name));
  const target = join(layout.rejectsOfRun(run), tableKey(staged.table));
  // A cell can fail twice in one run.
  await fileSystem.remove(target);
  await moveFolder(context, folder, target, named);
}

/** What runs left of a table's rejected records, in the order of the runs. */
export async function runRejectsOf(
  { fileSystem, layout }: LakeContext,
  name: string,
): Promise<readonly RunRejects[]> {
  const table = parseTableName(name);
  const runs = await runsIn({ fileSystem, layout });
  const found = await inParallel(runs, fileCallsAtOnce, async (run) => {
    const folder = join(layout.rejectsOfRun(run), tableKey(table));
    const files = (await fileSystem.list(folder)).sort().map((file) => join(folder, file));
    return files.length === 0 ? [] : [{ run, files }];
  });
  return found.flat();
}

/** Removes what belongs to runs whose records are gone. */
export async function removeRunRejects(context: LakeContext, kept: ReadonlySet<number>): Promise<void> {
  const gone = (await runsIn(context)).filter((run) => !kept.has(run));
  await inParallel(gone, fileCallsAtOnce, (run) => removeLeftover(context, context.layout.rejectsOfRun(run)));
}

async function runsIn({ fileSystem, layout }: Pick<LakeContext, 'fileSystem' | 'layout'>): Promise<number[]> {
  const names = await fileSystem.list(layout.runRejects);
  return names
    .map(Number)
    .filter(Number.isInteger)
    .sort((one, other) => one - other);
}
