import type { PipelineContext } from '../pipeline/context.js';
import { graphOf } from '../pipeline/graphOf.js';
import { problemOf } from '../pipeline/problemOf.js';
import { QuerySession } from '../pipeline/querySession.js';
import { PipelineRun } from '../pipeline/run.js';
import { type PipelineSource, readSource } from '../pipeline/source.js';
import type { SourceCell } from '../pipeline/sourceNotebook.js';
import type { CellOutcome, KernelEvent, KernelRequests, NotebookOnScreen } from '../protocol/kernel.js';
import type { Problem } from '../protocol/problem.js';
import type { ResultBlock } from '../protocol/result.js';
import { lazy } from './lazy.js';
import { runStatement } from './runStatement.js';
import type { RunningCells, StatementContext } from './statementContext.js';

/** How a request's work is stopped, and where it tells what happens. */
export interface CellRunContext {
  readonly signal: AbortSignal;
  readonly emit: (event: KernelEvent) => void;
}

/** The session that one notebook talks to: what its cells define stays until it is closed. */
export class NotebookSession {
  readonly #queries = lazy(() => QuerySession.open(this.context));

  constructor(
    private readonly context: PipelineContext,
    private readonly notebooks: string,
  ) {}

  /** Runs cells as one run, in order; gives an outcome for each. */
  async runCells(
    { notebook, run: cells, rebuild = false, withUpstream = false }: KernelRequests['run cells']['params'],
    { signal, emit }: CellRunContext,
  ): Promise<readonly CellOutcome[]> {
    // Loads the engine while the notebooks are read; who needs it then meets its error, if it has one.
    this.#queries().catch(() => {});
    const source = await readSource(this.context, this.notebooks, notebook);
    const manifest = await this.context.lake.manifest();
    const graph = graphOf(source, manifest);
    const run = lazy(() =>
      PipelineRun.begin(this.context, {
        selection: [`notebook:${notebook.path}`],
        wait: true,
        signal,
        onEvent: (event) => {
          if (event.kind === 'waiting') progress(`waiting for ${event.holder}`);
          if (event.kind === 'model progress') progress(`building ${event.model}`, event.share);
        },
      }),
    );
    let current = cells[0] ?? 0;
    const progress = (text: string, share?: number): void =>
      emit({ kind: 'cell progress', cell: current, text, ...(share === undefined ? {} : { share }) });
    const context = { source, graph, run, rebuild, withUpstream, single: cells.length === 1 };
    const outcomes: CellOutcome[] = [];
    // The run's own problems belong to the last cell that ran, and a cell that has ended takes none.
    const untold: CellOutcome[] = [];
    const tellEnds = (): void => {
      for (const outcome of untold.splice(0)) emit({ kind: 'cell finished', outcome });
    };
    let failure: unknown;
    try {
      for (const cell of cells) {
        if (signal.aborted || outcomes.some(({ halts }) => halts)) {
          outcomes.push({ cell, status: 'cancelled', problems: [] });
        } else {
          tellEnds();
          current = cell;
          outcomes.push(await this.#runCell(notebook, cell, context, { signal, emit }));
        }
        untold.push(...outcomes.slice(-1));
      }
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      const record = await (await run.made())?.finish(failure);
      for (const problem of record?.problems ?? []) {
        emit({ kind: 'cell output', cell: current, block: { kind: 'problem', problem } });
      }
      tellEnds();
    }
    return outcomes;
  }

  async close(): Promise<void> {
    await (await this.#queries.made())?.close();
  }

  async #runCell(
    notebook: NotebookOnScreen,
    index: number,
    request: RunningCells,
    { signal, emit }: CellRunContext,
  ): Promise<CellOutcome> {
    emit({ kind: 'cell started', cell: index });
    const cell = findCell(request.source, notebook.path, index);
    const problems: Problem[] = [];
    const show = (block: ResultBlock): void => {
      if (block.kind === 'problem') problems.push(block.problem);
      emit({ kind: 'cell output', cell: index, block });
    };
    const statements = cell?.statements ?? [];
    const orphaned = statements.some(({ kind }) => kind.kind === 'model') ? [] : (cell?.problems ?? []);
    try {
      for (const problem of orphaned) show({ kind: 'problem', problem });
      for (const statement of orphaned.length > 0 ? [] : statements) {
        if (cell === undefined || signal.aborted) break;
        const shown = statement === statements.at(-1) ? chartOf(notebook, index) : {};
        const context: StatementContext = {
          ...request,
          ...shown,
          context: this.context,
          cell,
          signal,
          show,
        };
        await runStatement(statement, context, this.#queries);
        if (problems.some(({ severity }) => severity === 'error')) break;
      }
    } catch (error) {
      if (!signal.aborted) show({ kind: 'problem', problem: problemOf(error, this.context.logger) });
    }
    if (signal.aborted) return { cell: index, status: 'cancelled', problems: [] };
    const failed = problems.some(({ severity }) => severity === 'error');
    const isModel = statements.some(({ kind }) => kind.kind === 'model');
    return { cell: index, status: failed ? 'failed' : 'succeeded', problems, halts: failed && !isModel };
  }
}

/** A cell's chart draws what its last statement gives. */
function chartOf({ cells }: NotebookOnScreen, index: number): Pick<StatementContext, 'chart'> {
  const chart = cells[index]?.chart;
  return chart === undefined ? {} : { chart };
}

function findCell({ notebooks }: PipelineSource, notebook: string, index: number): SourceCell | undefined {
  return notebooks.find(({ path }) => path === notebook)?.cells.find(({ cell }) => cell === index + 1);
}
