import * as vscode from 'vscode';
import type { QualityReport } from '../../protocol/quality.js';
import { commandIds } from '../identifiers.js';
import { apartContent } from '../preview/previewContent.js';
import { type RowsApart, rowsApartRequest } from '../views/rowsApart.js';
import { showFirstRows } from '../views/showFirstRows.js';
import { quietly } from '../workspace/cancellable.js';
import { currentProject, requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { isAllowed } from '../workspace/trust.js';
import { QualityPanel, type QualityWish } from './qualityPanel.js';

/** *Data Quality*: checks, rejects and quarantine of every table over its last runs, in a tab that follows the runs. */
export function registerQuality(services: Services): vscode.Disposable {
  const { context, log, watch } = services;
  const panel = new QualityPanel(context.extensionUri, (wish) => {
    telling(log, () => fulfil(services, wish));
  });
  let isReading = false;
  const follow = async () => {
    if (!panel.isOpen || isReading || currentProject() === undefined) return;
    isReading = true;
    try {
      panel.update(await read(services, requireCurrentProject()));
    } finally {
      isReading = false;
    }
  };
  return vscode.Disposable.from(
    panel,
    watch.onDidChange(() => telling(log, follow)),
    vscode.commands.registerCommand(commandIds.showQuality, () =>
      telling(log, async () => {
        const root = requireCurrentProject();
        if (isAllowed('Looking at data quality')) panel.show(await read(services, root));
      }),
    ),
  );
}

function read({ kernels }: Services, root: string): Promise<QualityReport> {
  return quietly('Reading what runs found', (signal) =>
    kernels.reader(root).request('quality', null, { signal }),
  );
}

async function fulfil(services: Services, wish: QualityWish): Promise<void> {
  switch (wish.kind) {
    case 'run pipeline':
      await vscode.commands.executeCommand(commandIds.runPipeline);
      return;
    case 'go to cell':
      await vscode.commands.executeCommand(commandIds.goToCell, wish.table);
      return;
    case 'show rows': {
      const { table: name, rows: kind, run } = wish;
      // How many they are says the preview itself.
      const apart: RowsApart = { kind, rows: 0, ...(run !== undefined && { run }) };
      await showFirstRows(services, rowsApartRequest(name, apart), (table) =>
        apartContent(name, apart, table),
      );
    }
  }
}
