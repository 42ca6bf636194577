import path from 'node:path';
import * as vscode from 'vscode';
import { findProjectRoot } from '../../project/root.js';
import type { FileInspection } from '../../protocol/inspection.js';
import type { KernelEvent } from '../../protocol/kernel.js';
import { ProblemError } from '../../protocol/problem.js';
import { workColumn } from '../preview/openPage.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { InspectionPanel, type InspectionWish } from './inspectionPanel.js';
import { openLine } from './openLine.js';

interface Opened {
  readonly panel: InspectionPanel;
  /** Ends what reads the file. */
  abort: AbortController;
}

/** The tabs of files that are inspected: one for each file. */
export class Inspections implements vscode.Disposable {
  readonly #opened = new Map<string, Opened>();

  constructor(private readonly services: Services) {}

  /**
   * Shows what is in a file, in a tab beside it: first what its beginning says, then the whole. A file whose tab
   * is open is looked at again. Resolves when it was read, or its tab was closed.
   */
  async show(file: vscode.Uri): Promise<void> {
    const known = this.#opened.get(file.fsPath);
    known?.panel.reveal();
    await this.#read(file, known ?? this.#open(file));
  }

  dispose(): void {
    for (const { panel } of [...this.#opened.values()]) panel.close();
  }

  #open(file: vscode.Uri): Opened {
    const panel = new InspectionPanel(this.services.context.extensionUri, file, columnFor(file), (wish) => {
      telling(this.services.log, () => this.#fulfil(file, wish));
    });
    const opened: Opened = { panel, abort: new AbortController() };
    this.#opened.set(file.fsPath, opened);
    panel.onDidClose(() => {
      this.#opened.delete(file.fsPath);
      opened.abort.abort();
    });
    return opened;
  }

  async #read(file: vscode.Uri, opened: Opened): Promise<void> {
    const root = projectOf(file);
    opened.abort.abort();
    const abort = new AbortController();
    opened.abort = abort;
    const follow = following(opened.panel, abort.signal);
    try {
      const request = { file: file.fsPath, shownAs: shownAs(root, file) };
      const inspection = await this.services.kernels
        .inspector(root)
        .request('inspect file', request, { signal: abort.signal, onEvent: follow });
      if (!abort.signal.aborted) opened.panel.show({ inspection });
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      opened.panel.show({ problem: error.problem });
    }
  }

  async #fulfil(file: vscode.Uri, wish: InspectionWish): Promise<void> {
    const opened = this.#opened.get(file.fsPath);
    if (opened === undefined) return;
    switch (wish.kind) {
      case 'inspect again':
        return this.#read(file, opened);
      case 'open line':
        return openLine(file, wish.line, opened.panel.column);
      case 'open contract':
        return openContract(projectOf(file), opened.panel.inspection);
    }
  }
}

/** Shows what is told while a file is read, unless its tab shows something newer. */
function following(panel: InspectionPanel, signal: AbortSignal): (event: KernelEvent) => void {
  panel.show({ progress: { readBytes: 0, bytes: 0 } });
  return (event) => {
    if (signal.aborted) return;
    if (event.kind === 'inspection beginning') {
      const { inspection } = event;
      panel.show({
        inspection,
        progress: { readBytes: inspection.facts.readBytes, bytes: inspection.facts.bytes },
      });
    } else if (event.kind === 'inspection progress') {
      panel.advance({ readBytes: event.readBytes, bytes: event.bytes });
    }
  };
}

async function openContract(root: string, inspection: FileInspection | undefined): Promise<void> {
  const contract = inspection?.contract.path;
  if (contract === undefined) return;
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path.join(root, contract)), {
    viewColumn: vscode.ViewColumn.Beside,
  } satisfies vscode.TextDocumentShowOptions);
}

/** The project that a file lies in; that of the window for a file from elsewhere. */
function projectOf(file: vscode.Uri): string {
  return findProjectRoot(path.dirname(file.fsPath)) ?? requireCurrentProject();
}

function shownAs(root: string, file: vscode.Uri): string {
  const within = path.relative(root, file.fsPath);
  const isWithin = !within.startsWith('..') && !path.isAbsolute(within);
  return isWithin ? within.split(path.sep).join('/') : file.fsPath;
}

/** Beside the file, where it is in front; beside the preview of a file that could be added; else where a person works. */
function columnFor(file: vscode.Uri): vscode.ViewColumn {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const input = activeTab?.input;
  const isFile = input instanceof vscode.TabInputText && input.uri.fsPath === file.fsPath;
  const isPage = input instanceof vscode.TabInputWebview;
  return isFile || isPage ? vscode.ViewColumn.Beside : workColumn();
}
