import * as vscode from 'vscode';
import type { KernelClient } from '../../kernel/client/kernelClient.js';
import type { KernelRegistry } from '../../kernel/client/kernelRegistry.js';
import type { CellOnScreen, KernelRequests, NotebookOnScreen } from '../../protocol/kernel.js';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { RowsBeside } from '../../protocol/rendererMessages.js';
import type { TableBlock } from '../../protocol/result.js';
import { cellLanguage, controllerId, notebookType } from '../notebook/identifiers.js';
import type { EditorCell, EditorNotebook } from '../notebook/notebookData.js';
import type { RunOrigin } from './cellMarks.js';
import { followRun, type RunRequest } from './followRun.js';
import { type CellSurroundings, LiveCell } from './liveCell.js';
import { locateNotebook, type NotebookLocation } from './notebookLocation.js';
import { type QueuedRun, RunQueue } from './runQueue.js';

/** Runs the cells of notebooks, each notebook in its own kernel. */
export class KernelController implements vscode.Disposable {
  readonly #controller: vscode.NotebookController;
  readonly #sessions = new Map<string, NotebookSession>();
  /** Cells that run or wait: the editor refuses a second execution of one. */
  readonly #running = new Set<vscode.NotebookCell>();

  constructor(
    private readonly kernels: KernelRegistry,
    private readonly surroundings: RunSurroundings,
  ) {
    this.#controller = vscode.notebooks.createNotebookController(
      controllerId,
      notebookType,
      'Ratatouille',
      (cells, notebook) => this.#runTogether(cells, notebook, {}),
    );
    this.#controller.supportedLanguages = [cellLanguage];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.detail = 'DuckDB in this machine';
  }

  /** Runs a cell and builds what it builds, even if that is up to date. A cell that runs already is left alone. */
  async rebuild(cell: vscode.NotebookCell): Promise<void> {
    await this.#runTogether([cell], cell.notebook, { rebuild: true });
  }

  /** Brings all that a cell reads up to date, then runs it. A cell that runs already is left alone. */
  async runWithUpstream(cell: vscode.NotebookCell): Promise<void> {
    await this.#runTogether([cell], cell.notebook, { withUpstream: true });
  }

  /** Rows that are kept beside the current version of a model, `layer.name`. Throws a ProblemError. */
  async rowsBeside(notebook: vscode.NotebookDocument, model: string, rows: RowsBeside): Promise<TableBlock> {
    const kernel = this.#kernelOf(notebook, tryLocate(notebook));
    return kernel.request('first rows', { kind: `${rows} rows`, name: model });
  }

  /** Ends the kernel of a notebook and all that waits for it; the next run starts a new one. */
  async stop(notebook: vscode.Uri): Promise<void> {
    const key = notebook.toString();
    this.#sessions.get(key)?.queue.clear();
    this.#sessions.delete(key);
    await this.kernels.stop(key);
  }

  dispose(): void {
    this.#controller.dispose();
  }

  /** Cells started together are one run. A cell that was just deleted has no index. */
  async #runTogether(
    cells: readonly vscode.NotebookCell[],
    notebook: vscode.NotebookDocument,
    how: HowToRun,
  ): Promise<void> {
    const present = cells.filter((cell) => cell.index >= 0 && !this.#running.has(cell));
    if (present.length === 0) return;
    const location = tryLocate(notebook);
    const path = location instanceof ProblemError ? notebook.uri.path : location.path;
    const origin = { path, cells: notebook.getCells() };
    const session = this.#sessionOf(notebook);
    const live = present.map((cell) => this.#startLife(cell, origin, session.nextOrder));
    const abort = new AbortController();
    const params = { notebook: onScreen(origin, notebook), run: live.map(({ index }) => index), ...how };
    const request: RunRequest = async (onEvent) => {
      const kernel = this.#kernelOf(notebook, location);
      return kernel.request('run cells', params, { signal: abort.signal, onEvent });
    };
    const run = toQueuedRun(live, request, this.surroundings.onRunEnd);
    for (const { token } of live) {
      token.onCancellationRequested(() => {
        abort.abort();
        session.queue.cancel(run);
      });
    }
    await session.queue.add(run);
  }

  #startLife(cell: vscode.NotebookCell, origin: RunOrigin, nextOrder: () => number): LiveCell {
    const execution = this.#controller.createNotebookCellExecution(cell);
    this.#running.add(cell);
    const onEnd = () => {
      this.#running.delete(cell);
      this.surroundings.onEnd();
    };
    return new LiveCell(execution, origin, { ...this.surroundings, nextOrder, onEnd });
  }

  /** Throws a ProblemError where the notebook may not run. */
  #kernelOf(notebook: vscode.NotebookDocument, location: NotebookLocation | ProblemError): KernelClient {
    if (!vscode.workspace.isTrusted) throw untrusted();
    if (location instanceof ProblemError) throw location;
    return this.kernels.kernelOf(notebook.uri.toString(), location.root);
  }

  #sessionOf(notebook: vscode.NotebookDocument): NotebookSession {
    const key = notebook.uri.toString();
    const session = this.#sessions.get(key) ?? newSession();
    this.#sessions.set(key, session);
    return session;
  }
}

/** What runs have around them. */
interface RunSurroundings extends Omit<CellSurroundings, 'nextOrder'> {
  /** Called whenever a cell has ended. */
  readonly onEnd: () => void;
  /** Called when a run of cells has ended, and what became of it is on the disk. */
  readonly onRunEnd: () => void;
}

/** What a run does beyond what its cells say. */
type HowToRun = Pick<KernelRequests['run cells']['params'], 'rebuild' | 'withUpstream'>;

/** What lives from a notebook's first run to the end of its kernel. */
interface NotebookSession {
  readonly queue: RunQueue;
  readonly nextOrder: () => number;
}

function newSession(): NotebookSession {
  let order = 0;
  return {
    queue: new RunQueue(),
    nextOrder: () => {
      order += 1;
      return order;
    },
  };
}

function toQueuedRun(live: readonly LiveCell[], request: RunRequest, onRunEnd: () => void): QueuedRun {
  const cells = new Map(live.map((cell) => [cell.index, cell]));
  return {
    run: () => followRun(cells, request).finally(onRunEnd),
    drop: () => {
      for (const cell of live) cell.end(undefined);
    },
  };
}

/** A notebook that says `pipeline: false` builds nothing, also before it is saved. */
function onScreen({ path, cells }: RunOrigin, notebook: vscode.NotebookDocument): NotebookOnScreen {
  const { header }: EditorNotebook['metadata'] = notebook.metadata;
  return { path, cells: cells.map(cellOnScreen), pipeline: header?.pipeline !== false };
}

function cellOnScreen(cell: vscode.NotebookCell): CellOnScreen {
  const { metadata }: EditorCell['metadata'] = cell.metadata;
  return {
    kind: cell.kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
    text: cell.document.getText().replaceAll('\r\n', '\n'),
    ...(metadata?.chart !== undefined && { chart: metadata.chart }),
  };
}

function tryLocate(notebook: vscode.NotebookDocument): NotebookLocation | ProblemError {
  try {
    return locateNotebook(notebook.uri);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function untrusted(): ProblemError {
  return new ProblemError(
    problem('workspace.untrusted', 'Cells do not run in a folder that you have not said you trust.', {
      hint: 'SQL can read any file of this machine. Trust this folder if you know where it comes from, then run the cell again.',
    }),
  );
}
