import type { Project } from '../../app/project.js';
import type { PlanReport, RunEvent, RunRecord } from '../../protocol/run.js';
import type { CommandContext } from '../context.js';
import { exitCodeOf, exitCodes } from '../exitCodes.js';
import { printProblems } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { followRun } from '../liveRun.js';
import { withProject } from '../openedProject.js';
import { formatRunSummary } from '../print/runSummary.js';
import { RunReports, reportFileOf } from '../reportFiles.js';

export interface RunCommandOptions {
  readonly project?: string;
  readonly frozen?: boolean;
  readonly fullRefresh?: boolean;
  readonly wait: boolean;
  /** Files to report the run in. */
  readonly report?: readonly string[];
}

/** `ratatouille run`: builds what is not up to date. */
export async function run(
  context: CommandContext,
  select: readonly string[],
  options: RunCommandOptions,
): Promise<number> {
  const files = (options.report ?? []).map(reportFileOf);
  return interruptible(context, (signal) =>
    new RunReports(context, files, signal).around((reports) =>
      withProject(context, options, async (project) => {
        await reports.refuseProjectFiles(project.root);
        const { record, plan } = await followed(context, project, select, options, signal);
        const reported = await reports.write({ record, problems: [] });
        await printRecord(context, project, record, plan);
        return recordExitCode(record) || reported;
      }),
    ),
  );
}

async function followed(
  { screen }: CommandContext,
  project: Project,
  select: readonly string[],
  { fullRefresh = false, wait }: RunCommandOptions,
  signal: AbortSignal,
): Promise<{ readonly record: RunRecord; readonly plan: PlanReport | undefined }> {
  let plan: PlanReport | undefined;
  const record = await followRun(screen, (show) => {
    const onEvent = (event: RunEvent) => {
      if (event.kind === 'planned') plan = event.plan;
      show(event);
    };
    return project.run({ select, fullRefresh, wait, signal, onEvent });
  });
  return { record, plan };
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
