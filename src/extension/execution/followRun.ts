import type { CellOutcome, KernelEvent } from '../../protocol/kernel.js';
import { type Problem, ProblemError, problem } from '../../protocol/problem.js';
import type { ResultBlock } from '../../protocol/result.js';

/** A cell of a run, as far as a run needs it. */
export interface CellPort {
  start(): void;
  show(blocks: readonly ResultBlock[]): void;
  /** What it is doing now; undefined when that is over. */
  progress(text: string | undefined): void;
  /** Marks the problems in the text; an empty list takes the marks away. */
  mark(problems: readonly Problem[]): void;
  /** True for success; undefined when it was cancelled, which is no failure. */
  end(success: boolean | undefined): void;
}

/** Makes the request to the kernel, telling its events. */
export type RunRequest = (onEvent: (event: KernelEvent) => void) => Promise<readonly CellOutcome[]>;

/**
 * Shows a run in its cells, from the request to the end of every cell.
 *
 * Invariant: each cell ends exactly once, whatever the kernel says or fails to say.
 *
 * @param cells by their index in the notebook, in the order of the run
 * @returns `halt` when what is queued behind must not run
 */
export async function followRun(
  cells: ReadonlyMap<number, CellPort>,
  request: RunRequest,
): Promise<'continue' | 'halt'> {
  const views = new Map([...cells].map(([index, cell]) => [index, new CellView(cell)]));
  try {
    const outcomes = await request((event) => applyEvent(views, event));
    for (const outcome of outcomes) views.get(outcome.cell)?.finish(outcome);
    return outcomes.some(({ halts }) => halts) ? 'halt' : 'continue';
  } catch (error) {
    showFailure([...views.values()], error);
    return 'halt';
  } finally {
    for (const view of views.values()) view.cancel();
  }
}

function applyEvent(views: ReadonlyMap<number, CellView>, event: KernelEvent): void {
  switch (event.kind) {
    case 'cell started':
      views.get(event.cell)?.start();
      return;
    case 'cell output':
      views.get(event.cell)?.add(event.block);
      return;
    case 'cell progress':
      views.get(event.cell)?.progress(event.text, event.share);
      return;
    case 'cell finished':
      views.get(event.outcome.cell)?.finish(event.outcome);
  }
}

/** The run as a whole failed: the cell that ran tells it, or else the first. */
function showFailure(views: readonly CellView[], error: unknown): void {
  const fault = toProblem(error);
  if (fault.code === 'sql.cancelled') return;
  const view =
    views.find(({ state }) => state === 'running') ?? views.find(({ state }) => state === 'waiting');
  view?.fail([fault]);
}

function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return problem('internal', 'The run failed by a fault of Ratatouille.', {
    cause: error instanceof Error ? error.message : String(error),
    hint: 'Please report it.',
  });
}

/** What a cell has shown so far. */
class CellView {
  state: 'waiting' | 'running' | 'ended' = 'waiting';
  readonly #blocks: ResultBlock[] = [];

  constructor(private readonly cell: CellPort) {}

  start(): void {
    if (this.state !== 'waiting') return;
    this.state = 'running';
    this.cell.mark([]);
    this.cell.start();
  }

  add(block: ResultBlock): void {
    if (this.state === 'ended') return;
    this.start();
    this.#blocks.push(block);
    this.cell.show(this.#blocks);
  }

  progress(text: string, share?: number): void {
    if (this.state === 'ended') return;
    this.cell.progress(share === undefined ? text : `${text} ${Math.floor(share * 100)} %`);
  }

  finish(outcome: CellOutcome): void {
    if (this.state === 'ended') return;
    if (outcome.status === 'cancelled') this.cancel();
    else if (outcome.status === 'failed') this.fail(outcome.problems);
    else {
      this.start();
      this.cell.mark(outcome.problems);
      this.#end(true);
    }
  }

  /** Shows the problems that are not yet among the blocks, and ends the cell. */
  fail(problems: readonly Problem[]): void {
    this.start();
    const shown = new Set(
      this.#blocks.map((block) => JSON.stringify(block.kind === 'problem' && block.problem)),
    );
    for (const fault of problems) {
      if (!shown.has(JSON.stringify(fault))) this.add({ kind: 'problem', problem: fault });
    }
    this.cell.mark(problems);
    this.#end(false);
  }

  cancel(): void {
    if (this.state !== 'ended') this.#end(undefined);
  }

  #end(success: boolean | undefined): void {
    this.state = 'ended';
    this.cell.progress(undefined);
    this.cell.end(success);
  }
}
