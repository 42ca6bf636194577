import type { Problem } from './problem.js';
import type { ResultBlock } from './result.js';
import type { PlanReport, RunEvent, RunRecord } from './run.js';
import type { StatusReport } from './status.js';

/** The notebook as it is on the screen, saved or not: this is what runs. */
export interface NotebookOnScreen {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly cells: readonly { readonly kind: 'code' | 'markdown'; readonly text: string }[];
  /** False for a notebook that says `pipeline: false`. */
  readonly pipeline?: boolean;
}

export interface CellOutcome {
  /** Index into the notebook's cells, from 0. */
  readonly cell: number;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly problems: readonly Problem[];
  /** True where a cell that is no model failed: what is queued after it in its notebook must not run. */
  readonly halts?: boolean;
}

/**
 * Every request the editor can make of a kernel: name → parameters, result.
 * Requests are answered in order; `cancel` is the exception and is answered at once.
 */
export interface KernelRequests {
  readonly open: {
    readonly params: { readonly project: string };
    readonly result: { readonly engine: string; readonly processId: number };
  };
  readonly 'run cells': {
    readonly params: {
      readonly notebook: NotebookOnScreen;
      /** Indexes of the cells to run, in order. They are one run. */
      readonly run: readonly number[];
      /** Build even what is up to date. */
      readonly rebuild?: boolean;
      /** Bring what the cells' models read up to date first. */
      readonly withUpstream?: boolean;
    };
    readonly result: readonly CellOutcome[];
  };
  /** The plan of a selection, without running it; no selector selects all. */
  readonly plan: { readonly params: { readonly select: readonly string[] }; readonly result: PlanReport };
  /** A run as the terminal does it, told by `run event`. */
  readonly 'run pipeline': {
    readonly params: { readonly select: readonly string[]; readonly fullRefresh: boolean };
    readonly result: RunRecord;
  };
  readonly status: { readonly params: null; readonly result: StatusReport };
  readonly cancel: { readonly params: { readonly request: number }; readonly result: null };
  readonly shutdown: { readonly params: null; readonly result: null };
}

export type KernelRequestName = keyof KernelRequests;

/** The requests that do the work; the others are about the kernel itself. */
export type WorkRequestName = Exclude<KernelRequestName, 'open' | 'cancel' | 'shutdown'>;

/** What a kernel tells while a request is under way. */
export type KernelEvent =
  | { readonly kind: 'cell started'; readonly cell: number }
  | { readonly kind: 'cell output'; readonly cell: number; readonly block: ResultBlock }
  | { readonly kind: 'cell progress'; readonly cell: number; readonly text: string; readonly share?: number }
  | { readonly kind: 'cell finished'; readonly outcome: CellOutcome }
  | { readonly kind: 'run event'; readonly event: RunEvent };

export type MessageToKernel = {
  readonly [Name in KernelRequestName]: {
    readonly id: number;
    readonly request: Name;
    readonly params: KernelRequests[Name]['params'];
  };
}[KernelRequestName];

export type MessageFromKernel =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'problem'; readonly id: number; readonly problem: Problem }
  | { readonly kind: 'event'; readonly id: number; readonly event: KernelEvent }
  | { readonly kind: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
