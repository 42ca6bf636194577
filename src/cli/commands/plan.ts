import type { CommandContext } from '../context.js';
import { exitCodeOf } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatPlan } from '../print/plan.js';

export interface PlanCommandOptions {
  readonly project?: string;
  readonly frozen?: boolean;
  readonly fullRefresh?: boolean;
}

/** `ratatouille plan`: what a run would do, and why, without doing it. */
export function plan(
  context: CommandContext,
  select: readonly string[],
  options: PlanCommandOptions,
): Promise<number> {
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const report = await project.plan({ select, fullRefresh: options.fullRefresh ?? false, signal });
      const problems = [...report.problems, ...report.entries.flatMap((entry) => entry.problems)];
      await printProblems(context, problems, (place) => project.sourceLine(place));
      if (context.json) await context.output.printJson(report);
      else await context.output.print(formatPlan(report, context.output.style));
      return exitCodeOf(problems);
    }),
  );
}
