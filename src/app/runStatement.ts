import { placeAt } from '../graph/model.js';
import type { CellStatement } from '../notebook/statements.js';
import type { AdHocStatement, QuerySession } from '../pipeline/querySession.js';
import { redefinition } from '../pipeline/redefinition.js';
import { lakeWriteProblem, outsidePipelineProblem } from '../pipeline/refused.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { rewrite } from '../sql/rewrite.js';
import type { StatementKind } from '../sql/statement.js';
import { assertWritesOutsideTheLake } from './protectedFolders.js';
import { runModelStatement } from './runModelStatement.js';
import { rowsToFetch, showRows } from './showRows.js';
import { adHocStatement, type StatementContext, surroundingsOf } from './statementContext.js';
import { buildWhatIsRead } from './upstream.js';

/** A cell shows so many rows of a query's result; the grid pages through the rest. */
const tableRows = 200;

/** Does what one statement says and shows what came of it. Throws a ProblemError. */
export async function runStatement(
  statement: CellStatement,
  context: StatementContext,
  queries: () => Promise<QuerySession>,
): Promise<void> {
  const { kind } = statement;
  const position = {
    notebook: context.cell.notebook,
    cell: context.cell.cell,
    ordinal: 0,
    cellText: context.cell.text,
  };
  switch (kind.kind) {
    case 'model': {
      const known = context.graph.nodes.get(`${kind.target.layer}.${kind.target.name}`.toLowerCase());
      if (known === undefined) throw new ProblemError(outsidePipelineProblem(kind, position));
      return runModelStatement(known, context, queries);
    }
    case 'query': {
      const problems = context.withUpstream ? await buildWhatIsRead(kind.query, context) : [];
      for (const problem of problems) context.show({ kind: 'problem', problem });
      return problems.length > 0 ? undefined : runQuery(statement, context, await queries());
    }
    case 'lake write':
      throw new ProblemError(lakeWriteProblem(kind, position));
    case 'drop':
      return dropTable(statement, kind, context);
    case 'refused model':
      throw new ProblemError(
        problem(kind.code, kind.message, { hint: kind.hint, place: placeAt(position, kind.span) }),
      );
    default:
      return runOther(statement, context, await queries());
  }
}

async function runQuery(
  statement: CellStatement,
  { signal, show, ...context }: StatementContext,
  session: QuerySession,
): Promise<void> {
  const started = performance.now();
  const adHoc = adHocStatement(statement.text, statement, context);
  const { chart } = context;
  const limit = rowsToFetch(tableRows, chart);
  const result = await session.query(adHoc, limit, { signal }, surroundingsOf(context));
  const elapsedMs = Math.round(performance.now() - started);
  showRows({ ...result, elapsedMs }, { tableRows, chart }, show);
}

async function runOther(
  statement: CellStatement,
  { signal, show, ...context }: StatementContext,
  session: QuerySession,
): Promise<void> {
  const started = performance.now();
  assertWritesOutsideTheLake(statement.text, context.context, (span) =>
    adHocStatement(statement.text, statement, context).placeOf(span),
  );
  await session.execute(redefining(statement, context), { signal }, surroundingsOf(context));
  const words = statement.text.split(/\s+/, 4).join(' ');
  show({ kind: 'done', statement: words, elapsedMs: Math.round(performance.now() - started) });
}

/** A statement of a session as it replaces what an earlier run of its cell defined. */
function redefining(statement: CellStatement, context: Pick<StatementContext, 'cell'>): AdHocStatement {
  const { kind, text } = statement;
  const { text: replacing, toOriginal } = rewrite(text, kind.kind === 'session' ? redefinition(text) : []);
  const adHoc = adHocStatement(replacing, statement, context);
  return {
    ...adHoc,
    placeOf: ({ start, end }) => adHoc.placeOf({ start: toOriginal(start), end: toOriginal(end) }),
  };
}

/** A person's own act, which a run of the project never does. */
async function dropTable(
  statement: CellStatement,
  kind: Extract<StatementKind, { kind: 'drop' }>,
  { context, cell, graph, run, single, show }: StatementContext,
): Promise<void> {
  const started = performance.now();
  const key = `${kind.table.layer}.${kind.table.name}`.toLowerCase();
  const position = { notebook: cell.notebook, cell: cell.cell, ordinal: 0, cellText: cell.text };
  const place = placeAt(position, kind.table.span);
  if (!single) {
    throw new ProblemError(
      problem('model.write', `${key} is only dropped when its cell is run alone.`, {
        hint: 'Run this cell by itself.',
        place,
      }),
    );
  }
  const { tables } = await context.lake.manifest();
  if (tables[key] === undefined) {
    const hint = graph.nodes.has(key)
      ? 'It was never built.'
      : 'See the tables in the tree or by `ratatouille status`.';
    throw new ProblemError(problem('graph.unknown-table', `There is no table ${key}.`, { hint, place }));
  }
  await (await run()).remove(key);
  const words = statement.text.split(/\s+/, 4).join(' ');
  show({ kind: 'done', statement: words, elapsedMs: Math.round(performance.now() - started) });
}
