import * as vscode from 'vscode';
import { ProblemError, problem } from '../../protocol/problem.js';
import { commandIds } from '../identifiers.js';
import { planReport } from '../reports/planReport.js';
import { ReportPages } from '../reports/reportPages.js';
import { runReport } from '../reports/runReport.js';
import type { RunNode } from '../views/runNodes.js';
import { quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';

/** *Plan*, *Show Run* and *Show Glossary*: pages to read. */
export function registerReports(services: Services): vscode.Disposable {
  const { log, context } = services;
  const pages = new ReportPages();
  return vscode.Disposable.from(
    pages,
    vscode.commands.registerCommand(commandIds.plan, () => telling(log, () => showPlan(services, pages))),
    vscode.commands.registerCommand(commandIds.showRun, (run?: number | RunNode) =>
      telling(log, () => showRun(pages, run)),
    ),
    vscode.commands.registerCommand(commandIds.showGlossary, () =>
      vscode.commands.executeCommand(
        'markdown.showPreview',
        vscode.Uri.joinPath(context.extensionUri, 'media', 'glossary.md'),
      ),
    ),
  );
}

async function showPlan({ kernels }: Services, pages: ReportPages): Promise<void> {
  const root = requireCurrentProject();
  if (!isAllowed('Planning')) return;
  const plan = await quietly('Looking at what changed', (signal) =>
    kernels.pipeline(root).request('plan', { select: [] }, { signal }),
  );
  await pages.show('Plan', planReport(plan));
}

/** Without a run, as from the palette, the newest one. */
async function showRun(pages: ReportPages, wanted: number | RunNode | undefined): Promise<void> {
  const root = requireCurrentProject();
  const { readRun, readRuns } = await import('../views/readProject.js');
  const number = typeof wanted === 'object' ? runOf(wanted) : wanted;
  const record = number === undefined ? (await readRuns(root, 1))[0] : await readRun(root, number);
  if (record === undefined) {
    throw new ProblemError(
      problem(
        'selection.unknown',
        number === undefined ? 'Nothing has run yet.' : `Run ${number} is not kept any more.`,
        {
          hint: 'Run a cell, or the whole pipeline, and look again.',
        },
      ),
    );
  }
  await pages.show(`Run ${record.run}`, runReport(record));
}

function runOf(node: RunNode): number {
  return node.kind === 'run' ? node.record.run : node.run;
}
