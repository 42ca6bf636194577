import type { CellOutcome, KernelRequests } from '../protocol/kernel.js';
import type { Logger } from '../protocol/logger.js';
import { ProblemError, problem } from '../protocol/problem.js';
import type { CellRunContext, NotebookSession } from './notebookSession.js';
import type { OpenedProject } from './openedProject.js';
import { openProject } from './openProject.js';

/** What a notebook's kernel does, whatever carries its requests: one project, one session. */
export function createKernelService({ logger }: { readonly logger: Logger }) {
  let project: OpenedProject | undefined;
  let session: NotebookSession | undefined;
  return {
    async open({
      project: directory,
    }: KernelRequests['open']['params']): Promise<KernelRequests['open']['result']> {
      project = await openProject({ directory, logger });
      // Relative paths in SQL count from the project's folder; this process is the notebook's own.
      process.chdir(project.root);
      session = project.openNotebook();
      await session.warmUp();
      return { engine: project.engineVersion, processId: process.pid };
    },

    async runCells(
      params: KernelRequests['run cells']['params'],
      context: CellRunContext,
    ): Promise<readonly CellOutcome[]> {
      if (session === undefined) {
        throw new ProblemError(problem('internal', 'No project is open in this kernel.'));
      }
      return session.runCells(params, context);
    },

    async close(): Promise<void> {
      await session?.close();
      await project?.close();
    },
  };
}
