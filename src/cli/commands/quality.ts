import type { CommandContext } from '../context.js';
import { withProject } from '../openedProject.js';
import { formatQuality } from '../print/quality.js';
import { printReport } from '../report.js';

export interface QualityCommandOptions {
  readonly project?: string;
  readonly runs: number;
}

/** `ratatouille quality`: how good the data of each table is, and where it is going. */
export function quality(
  context: CommandContext,
  tables: readonly string[],
  { runs, ...options }: QualityCommandOptions,
): Promise<number> {
  return withProject(context, options, async (project) => {
    const report = await project.quality({ tables, runs });
    return printReport(context, project, { report, problems: [], format: formatQuality });
  });
}
