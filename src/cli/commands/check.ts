import type { CommandContext } from '../context.js';
import { exitCodeOf } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatCheck } from '../print/check.js';

export interface CheckCommandOptions {
  readonly project?: string;
}

/** `ratatouille check`: judges the checks on what is published, and builds nothing. */
export function check(
  context: CommandContext,
  select: readonly string[],
  options: CheckCommandOptions,
): Promise<number> {
  const { json, output } = context;
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const report = await project.check({ select, signal });
      // The report itself tells which checks fail, with more of their rows.
      const others = report.problems.filter(({ code }) => code !== 'check.failed' && code !== 'check.warned');
      await printProblems(context, others, (place) => project.sourceLine(place));
      if (json) await output.printJson(report);
      else await output.print(formatCheck(report, output.style));
      return exitCodeOf(report.problems);
    }),
  );
}
