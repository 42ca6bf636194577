import { allAbove } from '../pipeline/staleUpstream.js';
import type { Problem } from '../protocol/problem.js';
import { lakeKey, lakeTableOf } from '../sql/names.js';
import type { EmbeddedQuery } from '../sql/statement.js';
import { errorsOf } from './runErrors.js';
import type { StatementContext } from './statementContext.js';

/** Brings the models that a query reads up to date, with all above them; gives what kept one from it. */
export async function buildWhatIsRead(
  query: EmbeddedQuery,
  { context, graph, source, run }: StatementContext,
): Promise<readonly Problem[]> {
  const [analysis] = await context.analyst.analyse([query.text]);
  // What can't be parsed says so when it is run.
  if (!analysis?.ok) return [];
  const read = analysis.references.tables.flatMap((table) => {
    const named = lakeTableOf(table);
    return (named && graph.nodes.get(lakeKey(named))) ?? [];
  });
  const keys = new Set(read.map(({ model }) => model.key));
  const selected = new Set([...keys, ...allAbove(graph, keys)]);
  if (selected.size === 0) return [];
  const step = { graph, sessions: source.sessions, selected, fullRefresh: false, problems: [] };
  return errorsOf(await (await run()).step(step));
}
