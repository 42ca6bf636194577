import type { KeptTablesReport } from '../../protocol/tableHistory.js';
import type { CommandContext } from '../context.js';
import { interruptible } from '../interrupt.js';
import { followRun } from '../liveRun.js';
import { withProject } from '../openedProject.js';
import { formatKeptTables } from '../print/keptTables.js';
import { formatRestore } from '../print/restore.js';
import { printReport } from '../report.js';
import type { Style } from '../style.js';
import { usageError } from '../usage.js';

export interface RestoreCommandOptions {
  readonly project?: string;
  readonly version?: number;
  readonly list?: boolean;
}

/** `ratatouille restore`: makes a kept version of a table current again, or lists what is kept. */
export function restore(
  context: CommandContext,
  table: string | undefined,
  options: RestoreCommandOptions,
): Promise<number> {
  if (table === undefined || options.list) {
    refuseVersion(options);
    return list(context, table, options);
  }
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const { version } = options;
      const report = await followRun(context.screen, (onEvent) =>
        project.restore(table, { signal, onEvent, ...(version === undefined ? {} : { version }) }),
      );
      return printReport(context, project, { report, problems: report.problems, format: formatRestore });
    }),
  );
}

/** A list has every version: to name one is a misunderstanding. */
function refuseVersion({ list, version }: RestoreCommandOptions): void {
  if (version === undefined) return;
  const example = `ratatouille restore silver.sales --version ${version}`;
  throw list
    ? usageError('--list shows every version that is kept.', `Leave --version out, or --list: ${example}`)
    : usageError('There is no table to restore.', `Name it: ${example}`);
}

function list(
  context: CommandContext,
  table: string | undefined,
  options: RestoreCommandOptions,
): Promise<number> {
  return withProject(context, options, async (project) => {
    const report = await project.keptTables(table);
    const format = (kept: KeptTablesReport, style: Style) => formatKeptTables(kept, table, style);
    return printReport(context, project, { report, problems: report.problems, format });
  });
}
