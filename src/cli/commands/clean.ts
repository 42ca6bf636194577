import type { CommandContext } from '../context.js';
import { interruptible } from '../interrupt.js';
import { followRun } from '../liveRun.js';
import { withProject } from '../openedProject.js';
import { formatClean } from '../print/clean.js';
import { printReport } from '../report.js';

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
      return printReport(context, project, { report, problems: report.problems, format: formatClean });
    }),
  );
}
