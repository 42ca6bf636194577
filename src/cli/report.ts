import type { Project } from '../app/project.js';
import type { Problem } from '../protocol/problem.js';
import type { CommandContext } from './context.js';
import { exitCodeOf } from './exitCodes.js';
import { printProblems } from './failure.js';
import type { Style } from './style.js';

/** What a command found out or did. */
export interface Reported<Report> {
  readonly report: Report;
  readonly problems: readonly Problem[];
  /** The report for people; a program gets it as JSON. */
  readonly format: (report: Report, style: Style) => string;
}

/** Prints problems and a report, and returns the exit code that the problems mean. */
export async function printReport<Report>(
  context: CommandContext,
  project: Project,
  { report, problems, format }: Reported<Report>,
): Promise<number> {
  const { json, output } = context;
  await printProblems(context, problems, (place) => project.sourceLine(place));
  if (json) await output.printJson(report);
  else await output.print(format(report, output.style));
  return exitCodeOf(problems);
}
