import type { Graph } from '../graph/graph.js';
import type { Manifest, TableEntry } from '../lake/manifest.js';
import { parseTableName, tableKey } from '../lake/tableName.js';
import type { PipelineContext } from '../pipeline/context.js';
import { type Renaming, renamingProblem } from '../pipeline/renaming.js';
import { ProblemError } from '../protocol/problem.js';
import type { RenameReport } from '../protocol/tableHistory.js';
import { type ChangeOptions, changeLake } from './lakeChange.js';

/**
 * Gives a table the name that its model has now, with all its versions. Throws ProblemErrors
 * `graph.unknown-table`, `rename.refused`, `lake.damaged`, `model.name`.
 */
export async function rename(
  context: PipelineContext,
  readGraph: () => Promise<Graph>,
  renaming: Renaming,
  options: ChangeOptions,
): Promise<Omit<RenameReport, 'next'>> {
  // A call that can't be done should neither wait for a writer nor leave a record.
  await renamable(context, readGraph, renaming);
  const { from, to } = renaming;
  const { result, record } = await changeLake(context, ['rename', from, to], options, async (run) => {
    const { entry, name } = await renamable(context, readGraph, renaming);
    return run.change(async (writer, signal) => ({
      kind: 'rename',
      renamed: await writer.rename(entry, name, signal),
    }));
  });
  const { name, version, earlier } = entryOf(result, to);
  return {
    format: 1,
    run: record.run,
    from,
    to: name,
    versions: [version, ...earlier].map((each) => each.version),
    problems: record.problems,
  };
}

async function renamable({ lake }: PipelineContext, readGraph: () => Promise<Graph>, renaming: Renaming) {
  const [graph, manifest] = [await readGraph(), await lake.manifest()];
  const refusal = renamingProblem(renaming, manifest, graph);
  if (refusal !== undefined) throw new ProblemError(refusal);
  const { to } = renaming;
  const name = graph.nodes.get(tableKey(parseTableName(to)))?.model.name ?? to;
  return { entry: entryOf(manifest, renaming.from), name };
}

function entryOf({ tables }: Manifest, name: string): TableEntry {
  const entry = tables[tableKey(parseTableName(name))];
  if (entry === undefined) throw new Error(`${name} is not in the manifest.`);
  return entry;
}
