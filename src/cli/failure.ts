import type { Project } from '../app/project.js';
import { faultProblem } from '../protocol/fault.js';
import type { Logger } from '../protocol/logger.js';
import { type Problem, ProblemError } from '../protocol/problem.js';
import type { CommandContext } from './context.js';
import { exitCodeOf, exitCodes } from './exitCodes.js';
import { formatProblem, type LocatedProblem } from './print/problem.js';
import { OutputClosedError } from './resultOutput.js';
import { screenLogger } from './screenLogger.js';

/** Reads the line that a problem points at. */
export type ReadSourceLine = Project['sourceLine'];

/** A problem that ended a command, with its line; made while the project was still open. */
export class LocatedError extends ProblemError {
  constructor(
    readonly located: LocatedProblem,
    options: { readonly cause: unknown },
  ) {
    super(located.problem, options);
  }
}

/** What to do about a fault that no log file has. */
export const faultHint =
  'This should not happen. RATATOUILLE_LOG=debug shows where it did; please report it.';

/** How many problems are printed in full. */
const shownProblems = 20;

/** Adds the line that a problem points at. */
export async function locate(problem: Problem, readSourceLine: ReadSourceLine): Promise<LocatedProblem> {
  const sourceLine = problem.place && (await readSourceLine(problem.place));
  return { problem: forTerminal(problem), ...(sourceLine !== undefined && { sourceLine }) };
}

/** Here is no cell to run for what a query reads: it is a command. */
function forTerminal(problem: Problem): Problem {
  const { fix, place } = problem;
  return fix?.kind === 'build' && place?.notebook === undefined
    ? { ...problem, hint: `ratatouille run +${fix.model}` }
    : problem;
}

/** Prints problems as messages, the same one once; those beyond the twentieth are counted. */
export async function printProblems(
  { screen }: CommandContext,
  problems: readonly Problem[],
  readSourceLine: ReadSourceLine,
): Promise<void> {
  const distinct = [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
  for (const each of distinct.slice(0, shownProblems)) {
    screen.print(formatProblem(await locate(each, readSourceLine), screen.style));
  }
  const rest = distinct.length - shownProblems;
  if (rest > 0) screen.print(`… and ${rest} more; --json has all of them.`);
}

/** Tells of the error that ended a command and returns the exit code that it means. */
export async function reportFailure(context: CommandContext, error: unknown): Promise<number> {
  if (error instanceof OutputClosedError) return exitCodes.done;
  const located = locatedProblem(error, screenLogger(context));
  context.screen.print(formatProblem(located, context.screen.style));
  if (context.json && located.problem.code !== 'cli.output') await printAsJson(context, located.problem);
  return Math.max(exitCodeOf([located.problem]), exitCodes.failed);
}

/** The failure itself decides how the command ends, also when standard output fails on top of it. */
async function printAsJson(context: CommandContext, reported: Problem): Promise<void> {
  try {
    await context.output.printJson({ problem: reported });
  } catch (error) {
    if (error instanceof OutputClosedError) return;
    context.screen.print(formatProblem(locatedProblem(error, screenLogger(context)), context.screen.style));
  }
}

function locatedProblem(error: unknown, logger: Logger): LocatedProblem {
  if (error instanceof LocatedError) return error.located;
  if (error instanceof ProblemError) return { problem: error.problem };
  return { problem: faultProblem(error, logger, faultHint) };
}
