import type { CommandContext } from '../context.js';
import { exitCodeOf } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { withProject } from '../openedProject.js';
import { formatClean } from '../print/clean.js';

export interface CleanCommandOptions {
  readonly project?: string;
  readonly orphans?: boolean;
  readonly dryRun?: boolean;
}

/** `ratatouille clean`: removes what nobody needs any more. */
export function clean(context: CommandContext, options: CleanCommandOptions): Promise<number> {
  return withProject(context, options, async (project) => {
    const { orphans = false, dryRun = false } = options;
    const report = await project.clean({ orphans, dryRun });
    await printProblems(context, report.problems, (place) => project.sourceLine(place));
    if (context.json) await context.output.printJson(report);
    else await context.output.print(formatClean(report, context.output.style));
    return exitCodeOf(report.problems);
  });
}
