import type { CommandContext } from '../context.js';
import { exitCodeOf } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { followRun } from '../liveRun.js';
import { withProject } from '../openedProject.js';
import { formatClean } from '../print/clean.js';

export interface CleanCommandOptions {
  readonly project?: string;
  readonly orphans?: boolean;
  readonly dryRun?: boolean;
}

/** `ratatouille clean`: removes what nobody needs any more. */
export function clean(context: CommandContext, options: CleanCommandOptions): Promise<number> {
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const { orphans = false, dryRun = false } = options;
      const report = await followRun(context.screen, (onEvent) =>
        project.clean({ orphans, dryRun, signal, onEvent }),
      );
      await printProblems(context, report.problems, (place) => project.sourceLine(place));
      if (context.json) await context.output.printJson(report);
      else await context.output.print(formatClean(report));
      return exitCodeOf(report.problems);
    }),
  );
}
