import type { CommandContext } from '../context.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatPlan } from '../print/plan.js';
import { printReport } from '../report.js';

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
      return printReport(context, project, { report, problems, format: formatPlan });
    }),
  );
}
