import type { CommandContext } from '../context.js';
import { exitCodeOf } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatStatus } from '../print/status.js';

export interface StatusCommandOptions {
  readonly project?: string;
}

/** `ratatouille status`: what the lake holds and how fresh it is. */
export function status(context: CommandContext, options: StatusCommandOptions): Promise<number> {
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const report = await project.status({ signal });
      await printProblems(context, report.problems, (place) => project.sourceLine(place));
      if (context.json) await context.output.printJson(report);
      else await context.output.print(formatStatus(report, context.output.style));
      return exitCodeOf(report.problems);
    }),
  );
}
