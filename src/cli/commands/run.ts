import type { Project } from '../../app/project.js';
import type { PlanReport, RunEvent, RunRecord } from '../../protocol/run.js';
import type { CommandContext } from '../context.js';
import { exitCodeOf, exitCodes } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { followRun } from '../liveRun.js';
import { withProject } from '../openedProject.js';
import { formatRunSummary } from '../print/runSummary.js';

export interface RunCommandOptions {
  readonly project?: string;
  readonly frozen?: boolean;
  readonly fullRefresh?: boolean;
  readonly wait: boolean;
}

/** `ratatouille run`: builds what is not up to date. */
export function run(
  context: CommandContext,
  select: readonly string[],
  options: RunCommandOptions,
): Promise<number> {
  return interruptible(context, (signal) =>
    withProject(context, options, async (project) => {
      const { fullRefresh = false, wait } = options;
      let plan: PlanReport | undefined;
      const record = await followRun(context.screen, (show) => {
        const onEvent = (event: RunEvent) => {
          if (event.kind === 'planned') plan = event.plan;
          show(event);
        };
        return project.run({ select, fullRefresh, wait, signal, onEvent });
      });
      await printRecord(context, project, record, plan);
      return recordExitCode(record);
    }),
  );
}

async function printRecord(
  context: CommandContext,
  project: Project,
  record: RunRecord,
  plan: PlanReport | undefined,
): Promise<void> {
  // Dependents of a failed model were named when they were passed over.
  const worthTelling = recordProblems(record).filter(({ code }) => code !== 'run.upstream-failed');
  await printProblems(context, worthTelling, (place) => project.sourceLine(place));
  if (context.json) await context.output.printJson(record);
  else await context.output.print(formatRunSummary(record, context.output.style, plan));
}

function recordExitCode(record: RunRecord): number {
  if (record.status === 'succeeded') return exitCodes.done;
  return Math.max(exitCodes.failed, exitCodeOf(recordProblems(record)));
}

function recordProblems({ problems, models }: RunRecord) {
  return [...problems, ...models.flatMap((model) => model.problems)];
}
