import type { CommandContext } from '../context.js';
import { interruptible } from '../interrupt.js';
import { followRun } from '../liveRun.js';
import { withProject } from '../openedProject.js';
import { formatRename } from '../print/rename.js';
import { printReport } from '../report.js';

export interface RenameCommandOptions {
  readonly project?: string;
}

/** `ratatouille rename`: gives a table the name that its model has now, with all its versions. */
export function rename(
  context: CommandContext,
  from: string,
  to: string,
  options: RenameCommandOptions,
): Promise<number> {
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const report = await followRun(context.screen, (onEvent) =>
        project.rename({ from, to }, { signal, onEvent }),
      );
      return printReport(context, project, { report, problems: report.problems, format: formatRename });
    }),
  );
}
