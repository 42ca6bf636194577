import { resolve } from 'node:path';
import type { Project } from '../app/project.js';
import { ProblemError } from '../protocol/problem.js';
import type { CommandContext } from './context.js';
import { LocatedError, locate, type ReadSourceLine } from './failure.js';
import { screenLogger } from './screenLogger.js';
import type { Terminal } from './terminal.js';

export interface ProjectOptions {
  readonly project?: string;
  readonly frozen?: boolean;
}

/**
 * Opens the project of a call, does the work and closes it whatever happens. A ProblemError leaves as a
 * LocatedError, because the line it points at can only be read while the project is open.
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
    if (!(error instanceof ProblemError)) throw error;
    const read = readSourceLine?.(project) ?? ((place) => project.sourceLine(place));
    throw new LocatedError(await locate(error.problem, read), { cause: error });
  } finally {
    await project.close();
  }
}

function isContinuousIntegration({ CI }: Terminal['env']): boolean {
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
}
