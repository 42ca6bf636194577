import * as vscode from 'vscode';
import type { KernelRegistry } from '../../kernel/client/kernelRegistry.js';
import type { NotebookOnScreen } from '../../protocol/kernel.js';
import { ProblemError, problem } from '../../protocol/problem.js';
import { cellLanguage, controllerId, notebookType } from '../notebook/identifiers.js';
import type { RunOrigin } from './cellMarks.js';
import { followRun, type RunRequest } from './followRun.js';
import { type CellSurroundings, LiveCell } from './liveCell.js';
import { locateNotebook, type NotebookLocation } from './notebookLocation.js';
import { type QueuedRun, RunQueue } from './runQueue.js';

/** Runs the cells of notebooks, each notebook in its own kernel. */
export class KernelController implements vscode.Disposable {
  readonly #controller: vscode.NotebookController;
  readonly #sessions = new Map<string, NotebookSession>();

  constructor(
    private readonly kernels: KernelRegistry,
    private readonly surroundings: Omit<CellSurroundings, 'nextOrder'>,
  ) {
    this.#controller = vscode.notebooks.createNotebookController(
      controllerId,
      notebookType,
      'Ratatouille',
      (cells, notebook) => this.#runTogether(cells, notebook),
    );
    this.#controller.supportedLanguages = [cellLanguage];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.detail = 'DuckDB in this machine';
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
  ): Promise<void> {
    const present = cells.filter((cell) => cell.index >= 0);
    if (present.length === 0) return;
    const location = tryLocate(notebook);
    const path = location instanceof ProblemError ? notebook.uri.path : location.path;
    const origin = { path, cells: notebook.getCells() };
    const session = this.#sessionOf(notebook);
    const live = present.map((cell) => {
      const execution = this.#controller.createNotebookCellExecution(cell);
      return new LiveCell(execution, origin, { ...this.surroundings, nextOrder: session.nextOrder });
    });
    const abort = new AbortController();
    const run = toQueuedRun(live, this.#request(notebook, location, origin, live, abort.signal));
    for (const { token } of live) {
      token.onCancellationRequested(() => {
        abort.abort();
        session.queue.cancel(run);
      });
    }
    await session.queue.add(run);
  }

  #request(
    notebook: vscode.NotebookDocument,
    location: NotebookLocation | ProblemError,
    origin: RunOrigin,
    live: readonly LiveCell[],
    signal: AbortSignal,
  ): RunRequest {
    const params = { notebook: onScreen(origin), run: live.map(({ index }) => index) };
    return async (onEvent) => {
      if (!vscode.workspace.isTrusted) throw untrusted();
      if (location instanceof ProblemError) throw location;
      const kernel = this.kernels.kernelOf(notebook.uri.toString(), location.root);
      return kernel.request('run cells', params, { signal, onEvent });
    };
  }

  #sessionOf(notebook: vscode.NotebookDocument): NotebookSession {
    const key = notebook.uri.toString();
    const session = this.#sessions.get(key) ?? newSession();
    this.#sessions.set(key, session);
    return session;
  }
}

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

function toQueuedRun(live: readonly LiveCell[], request: RunRequest): QueuedRun {
  const cells = new Map(live.map((cell) => [cell.index, cell]));
  return {
    run: () => followRun(cells, request),
    drop: () => {
      for (const cell of live) cell.end(undefined);
    },
  };
}

function onScreen({ path, cells }: RunOrigin): NotebookOnScreen {
  return {
    path,
    cells: cells.map((cell) => ({
      kind: cell.kind === vscode.NotebookCellKind.Code ? 'code' : 'markdown',
      text: cell.document.getText().replaceAll('\r\n', '\n'),
    })),
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
      hint: 'SQL can read the files of this machine. Choose “Manage Workspace Trust” if you know this project.',
    }),
  );
}
