import type { CommandContext } from '../context.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatStatus } from '../print/status.js';
import { printReport } from '../report.js';

export interface StatusCommandOptions {
  readonly project?: string;
}

/** `ratatouille status`: what the lake holds and how fresh it is. */
export function status(context: CommandContext, options: StatusCommandOptions): Promise<number> {
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const report = await project.status({ signal });
      return printReport(context, project, { report, problems: report.problems, format: formatStatus });
    }),
  );
}
