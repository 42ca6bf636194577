import type { AddDataRequest, AddedData, DataPreview } from './addData.js';
import type { AcceptDriftRequest, ChangedContract, DriftReport } from './drift.js';
import type { FileInspection } from './inspection.js';
import type { Json } from './json.js';
import type { Problem } from './problem.js';
import type { QualityReport } from './quality.js';
import type { ResultBlock, TableBlock } from './result.js';
import type { PlanReport, RunEvent, RunRecord } from './run.js';
import type { StatusReport } from './status.js';
import type { KeptTablesReport, RenameReport, RestoreReport } from './tableHistory.js';

export interface CellOnScreen {
  readonly kind: 'code' | 'markdown';
  readonly text: string;
  /** What the cell's metadata says of a chart, as it is written there. */
  readonly chart?: Json;
}

/** The notebook as it is on the screen, saved or not: this is what runs. */
export interface NotebookOnScreen {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly cells: readonly CellOnScreen[];
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

export type FirstRowsRequest =
  /** `layer.name`. */
  | { readonly kind: 'table'; readonly name: string }
  /** The rows that its checks took out of a table, `layer.name`. */
  | { readonly kind: 'dropped rows'; readonly name: string }
  /** The records of landing files that did not fit when a table, `layer.name`, was built; `run`: in a run that failed. */
  | { readonly kind: 'rejected rows'; readonly name: string; readonly run?: number }
  /** Relative to `data/landing`, with forward slashes. */
  | { readonly kind: 'landing file'; readonly path: string };

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
  /** The first rows of a table of the lake, of what was taken from it, or of a file in landing as it came. */
  readonly 'first rows': { readonly params: FirstRowsRequest; readonly result: TableBlock };
  /** Writes all those rows as CSV into a file, by its absolute path; it is replaced whole, or not at all. */
  readonly 'export rows': {
    readonly params: { readonly rows: FirstRowsRequest; readonly file: string };
    readonly result: { readonly rows: number };
  };
  /** The line of a landing file on which a record begins, by its path and its number as `_row` has it. */
  readonly 'locate row': {
    readonly params: { readonly path: string; readonly row: number };
    readonly result: { readonly line?: number };
  };
  /** The state of data quality, from the records of runs. */
  readonly quality: { readonly params: null; readonly result: QualityReport };
  /** What is in a CSV file, in landing or anywhere, by its absolute path; told by `inspection …` while it is read. */
  readonly 'inspect file': {
    readonly params: { readonly file: string; readonly shownAs: string };
    readonly result: FileInspection;
  };
  /** How the files of a `landing()` differ from its contract; nothing is written. */
  readonly drift: { readonly params: { readonly pattern: string }; readonly result: DriftReport };
  /** Changes a contract so that its files fit, or fails. */
  readonly 'accept drift': {
    readonly params: AcceptDriftRequest;
    readonly result: ChangedContract | undefined;
  };
  /** What a file outside the project would become; nothing is written. */
  readonly 'look at data': { readonly params: AddDataRequest; readonly result: DataPreview };
  /** Copies a file into landing and writes its contract; the caller puts the cell into a notebook. */
  readonly 'add data': { readonly params: AddDataRequest; readonly result: AddedData };
  /** What can be restored: of one table, `layer.name`, or of all. */
  readonly 'kept tables': {
    readonly params: { readonly table?: string };
    readonly result: KeptTablesReport;
  };
  /** Makes a kept version of a table current again, by default the last one of a removed table; told by `run event`. */
  readonly restore: {
    readonly params: { readonly table: string; readonly version?: number };
    readonly result: RestoreReport;
  };
  /** Gives a table the name that its model has now, with all its versions; told by `run event`. */
  readonly rename: {
    readonly params: { readonly from: string; readonly to: string };
    readonly result: RenameReport;
  };
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
  | { readonly kind: 'run event'; readonly event: RunEvent }
  /** What the beginning of a long file says. */
  | { readonly kind: 'inspection beginning'; readonly inspection: FileInspection }
  /** How many bytes of the file on disk were read, and of how many. */
  | { readonly kind: 'inspection progress'; readonly readBytes: number; readonly bytes: number };

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
