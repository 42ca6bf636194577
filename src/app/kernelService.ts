import type { KernelRequests } from '../protocol/kernel.js';
import type { Logger } from '../protocol/logger.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { firstRowsQuery } from './firstRows.js';
import { inspectFile } from './inspectFile.js';
import type { CellRunContext, NotebookSession } from './notebookSession.js';
import type { OpenedProject } from './openedProject.js';
import { openProject } from './openProject.js';

interface Opened {
  readonly project: OpenedProject;
  readonly session: NotebookSession;
}

/** What a kernel does, whatever carries its requests: one project, and one session for the notebook it belongs to. */
export function createKernelService({ logger }: { readonly logger: Logger }) {
  let opened: Opened | undefined;
  const open = (): Opened => {
    if (opened === undefined)
      throw new ProblemError(problem('internal', 'No project is open in this kernel.'));
    return opened;
  };
  return {
    /** The log of what is open. */
    get logger(): Logger {
      return opened?.project.logger ?? logger;
    },

    async open({ project: directory }: KernelRequests['open']['params']) {
      const project = await openProject({ directory, logger });
      // Relative paths in SQL count from the project's folder; this process is the kernel's own.
      process.chdir(project.root);
      opened = { project, session: project.openNotebook() };
      return { engine: project.engineVersion, processId: process.pid };
    },

    work: {
      'run cells': async (params: KernelRequests['run cells']['params'], context: CellRunContext) =>
        open().session.runCells(params, context),
      plan: async ({ select }: KernelRequests['plan']['params'], { signal }: CellRunContext) =>
        open().project.plan({ select, fullRefresh: false, signal }),
      'run pipeline': async (
        { select, fullRefresh }: KernelRequests['run pipeline']['params'],
        { signal, emit }: CellRunContext,
      ) =>
        open().project.run({
          select,
          fullRefresh,
          wait: true,
          signal,
          onEvent: (event) => emit({ kind: 'run event', event }),
        }),
      status: async (_: null, { signal }: CellRunContext) => open().project.status({ signal }),
      'first rows': async (request: KernelRequests['first rows']['params'], { signal }: CellRunContext) =>
        firstRows(open().project, request, signal),
      'export rows': async (
        { rows, file }: KernelRequests['export rows']['params'],
        { signal }: CellRunContext,
      ) => open().project.exportRows(rows, file, signal),
      'locate row': async (request: KernelRequests['locate row']['params']) => {
        const line = await open().project.locateRow(request);
        return line === undefined ? {} : { line };
      },
      quality: async () => open().project.quality(),
      'inspect file': async (
        target: KernelRequests['inspect file']['params'],
        { signal, emit }: CellRunContext,
      ) =>
        inspectFile({
          ...target,
          directory: open().project.root,
          signal,
          onBeginning: (inspection) => emit({ kind: 'inspection beginning', inspection }),
          onProgress: seldom((readBytes, bytes) => emit({ kind: 'inspection progress', readBytes, bytes })),
        }),
      drift: async ({ pattern }: KernelRequests['drift']['params'], { signal }: CellRunContext) =>
        open().project.drift(pattern, signal),
      'accept drift': async (request: KernelRequests['accept drift']['params'], { signal }: CellRunContext) =>
        open().project.acceptDrift(request, { signal }),
      'look at data': async (request: KernelRequests['look at data']['params'], { signal }: CellRunContext) =>
        open().project.lookAtData(request, signal),
      'add data': async (request: KernelRequests['add data']['params'], { signal }: CellRunContext) =>
        open().project.addData(request, signal),
      'kept tables': async ({ table }: KernelRequests['kept tables']['params']) =>
        open().project.keptTables(table),
      restore: async (
        { table, version }: KernelRequests['restore']['params'],
        { signal, emit }: CellRunContext,
      ) =>
        open().project.restore(table, {
          signal,
          onEvent: (event) => emit({ kind: 'run event', event }),
          ...(version === undefined ? {} : { version }),
        }),
      rename: async (renaming: KernelRequests['rename']['params'], { signal, emit }: CellRunContext) =>
        open().project.rename(renaming, {
          signal,
          onEvent: (event) => emit({ kind: 'run event', event }),
        }),
    },

    async close(): Promise<void> {
      await opened?.session.close();
      await opened?.project.close();
    },
  };
}

const tellEveryMs = 100;

/** A file is read in so many pieces that nobody wants to be told of each. */
function seldom(tell: (readBytes: number, bytes: number) => void): typeof tell {
  let toldAt = performance.now();
  return (readBytes, bytes) => {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    tell(readBytes, bytes);
  };
}

/** What fits into a look. */
const firstRowsLimit = 200;

async function firstRows(
  project: OpenedProject,
  request: KernelRequests['first rows']['params'],
  signal: AbortSignal,
): Promise<KernelRequests['first rows']['result']> {
  const started = performance.now();
  const sql = firstRowsQuery(request, project.landingDirectory);
  const answer = await project.query(sql, { limit: firstRowsLimit, signal });
  return { kind: 'table', ...answer, elapsedMs: performance.now() - started };
}
