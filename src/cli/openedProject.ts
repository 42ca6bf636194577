import { resolve } from 'node:path';
import type { Project } from '../app/project.js';
import { faultProblem } from '../protocol/fault.js';
import { ProblemError } from '../protocol/problem.js';
import type { CommandContext } from './context.js';
import { faultHint, LocatedError, locate, type ReadSourceLine } from './failure.js';
import { OutputClosedError } from './resultOutput.js';
import { screenLogger } from './screenLogger.js';
import type { Terminal } from './terminal.js';

export interface ProjectOptions {
  readonly project?: string;
  readonly frozen?: boolean;
}

/**
 * Opens the project of a call, does the work and closes it whatever happens. A failure leaves as a
 * LocatedError, because the line it points at can only be read, and a fault of ours only be logged, while the
 * project is open.
 */
export async function withProject(
  context: CommandContext,
  options: ProjectOptions,
  work: (project: Project) => Promise<number>,
  readSourceLine?: (project: Project) => ReadSourceLine,
): Promise<number> {
  const { terminal, parts } = context;
  const project = await parts.openProject({
    directory: resolve(terminal.directory, options.project ?? '.'),
    logger: screenLogger(context),
    frozen: options.frozen ?? isContinuousIntegration(terminal.env),
  });
  try {
    return await work(project);
  } catch (error) {
    if (isNoFault(error)) throw error;
    const read = readSourceLine?.(project) ?? ((place) => project.sourceLine(place));
    const found =
      error instanceof ProblemError ? error.problem : faultProblem(error, project.logger, faultHint);
    throw new LocatedError(await locate(found, read), { cause: error });
  } finally {
    await project.close();
  }
}

/** What ends a command without anything being wrong: a reader that has gone, Ctrl-C. */
function isNoFault(error: unknown): boolean {
  return error instanceof OutputClosedError || (error instanceof Error && error.name === 'AbortError');
}

function isContinuousIntegration({ CI }: Terminal['env']): boolean {
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
}
