import type { Graph } from '../graph/graph.js';
import { placeAt } from '../graph/model.js';
import type { CellStatement } from '../notebook/statements.js';
import type { PipelineContext } from '../pipeline/context.js';
import type { AdHocStatement, Surroundings } from '../pipeline/querySession.js';
import type { PipelineRun } from '../pipeline/run.js';
import type { PipelineSource } from '../pipeline/source.js';
import type { SourceCell } from '../pipeline/sourceNotebook.js';
import type { Json } from '../protocol/json.js';
import type { ResultBlock } from '../protocol/result.js';
import { classify } from '../sql/classify.js';
import { splitStatements } from '../sql/split.js';
import type { EmbeddedQuery, StatementKind } from '../sql/statement.js';

/** What the cells of one request share. */
export interface RunningCells {
  readonly source: PipelineSource;
  readonly graph: Graph;
  /** Begun by the first cell that builds something. */
  readonly run: () => Promise<PipelineRun>;
  readonly rebuild: boolean;
  /** Bring what a model reads up to date first. */
  readonly withUpstream: boolean;
  /** The cell was started alone, by a person. */
  readonly single: boolean;
}

/** What one statement of a cell is run with. */
export interface StatementContext extends RunningCells {
  readonly context: PipelineContext;
  readonly cell: SourceCell;
  /** How the statement's rows are to be drawn, as the cell's metadata says; absent for a table alone. */
  readonly chart?: Json;
  readonly signal: AbortSignal;
  readonly show: (block: ResultBlock) => void;
}

/** A statement of a cell as the query session takes it; `text` may be a rewriting of what stands there. */
export function adHocStatement(
  text: string,
  { span }: Pick<CellStatement, 'span'>,
  { cell }: Pick<StatementContext, 'cell'>,
): AdHocStatement {
  const position = { notebook: cell.notebook, cell: cell.cell, ordinal: 0, cellText: cell.text };
  const [only] = splitStatements(text);
  return {
    text,
    query: only === undefined ? undefined : queryOf(classify(text)),
    placeOf: ({ start, end }) => placeAt(position, { start: span.start + start, end: span.start + end }),
  };
}

/** What tells the tables that a statement reads; a macro's are told when it is called. */
function queryOf(kind: StatementKind): EmbeddedQuery | undefined {
  if (kind.kind === 'query' || kind.kind === 'other') return kind.query;
  if (kind.kind !== 'session' || kind.queries.length > 1) return undefined;
  return kind.queries[0];
}

export function surroundingsOf({ source, graph }: Pick<StatementContext, 'source' | 'graph'>): Surroundings {
  return { sessions: source.sessions, models: new Set(graph.nodes.keys()) };
}
