import * as vscode from 'vscode';
import type { RunRecord } from '../../protocol/run.js';
import { commandIds } from '../identifiers.js';
import { cancellable, type ProgressReport } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import { saveNotebooks } from '../workspace/saveNotebooks.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { unsavedNotebooks } from '../workspace/unsavedNotebooks.js';
import { PipelineMarks } from './pipelineMarks.js';
import { runMessage, runProblems } from './runMessage.js';
import { RunSteps } from './runSteps.js';

const showRun = 'Show Run';
const showProblems = 'Show Problems';

/** *Run Pipeline*: brings every table of the project up to date, as `ratatouille run` does. */
export function registerRunPipeline(services: Services): vscode.Disposable {
  const marks = new PipelineMarks();
  const command = vscode.commands.registerCommand(commandIds.runPipeline, () =>
    telling(services.log, () => runPipeline(services, marks)),
  );
  return vscode.Disposable.from(marks, command);
}

async function runPipeline({ kernels, watch }: Services, marks: PipelineMarks): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Running the pipeline')) return;
  // A run of the project reads what is saved.
  await saveNotebooks(unsavedNotebooks());
  const record = await cancellable('Ratatouille', (signal, report) => {
    const steps = new RunSteps();
    return kernels
      .pipeline(root)
      .request(
        'run pipeline',
        { select: [], fullRefresh: false },
        { signal, onEvent: (event) => event.kind === 'run event' && tell(report, steps.next(event.event)) },
      );
  }).finally(() => watch.tell());
  await marks.mark(root, runProblems(record));
  tellEnd(record);
}

function tell(report: ProgressReport, step: ReturnType<RunSteps['next']>): void {
  if (step !== undefined) report(step);
}

/** Nobody waits for the answer: the command has ended. */
async function tellEnd(record: RunRecord): Promise<void> {
  const message = runMessage(record);
  const choice =
    record.status === 'failed'
      ? await vscode.window.showErrorMessage(message, showProblems, showRun)
      : await vscode.window.showInformationMessage(message, showRun);
  if (choice === showRun) await vscode.commands.executeCommand(commandIds.showRun, record.run);
  if (choice === showProblems) await vscode.commands.executeCommand('workbench.actions.view.problems');
}
