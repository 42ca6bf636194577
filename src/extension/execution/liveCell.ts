import * as vscode from 'vscode';
import type { Problem } from '../../protocol/problem.js';
import type { ResultBlock } from '../../protocol/result.js';
import type { CellMarks, RunOrigin } from './cellMarks.js';
import { cellName } from './cellName.js';
import type { CellProgress } from './cellProgress.js';
import type { CellPort } from './followRun.js';
import { type OutputItem, outputItems } from './outputItems.js';

/** What a cell's run has around it. */
export interface CellSurroundings {
  readonly marks: CellMarks;
  readonly progress: CellProgress;
  /** Gives the number in the brackets beside the cell. */
  readonly nextOrder: () => number;
  readonly onEnd: () => void;
}

/** A cell that runs in the editor. */
export class LiveCell implements CellPort {
  constructor(
    private readonly execution: vscode.NotebookCellExecution,
    private readonly origin: RunOrigin,
    private readonly surroundings: CellSurroundings,
  ) {}

  /** The cell's index when its run began. */
  get index(): number {
    return this.origin.cells.indexOf(this.execution.cell);
  }

  get token(): vscode.CancellationToken {
    return this.execution.token;
  }

  start(): void {
    this.execution.executionOrder = this.surroundings.nextOrder();
    this.execution.start(Date.now());
    this.execution.clearOutput();
  }

  show(blocks: readonly ResultBlock[]): void {
    const items = outputItems(blocks, cellName(this.execution.cell));
    this.execution.replaceOutput(new vscode.NotebookCellOutput(items.map(toEditorItem)));
  }

  progress(text: string | undefined): void {
    this.surroundings.progress.tell(this.execution.cell, text);
  }

  mark(problems: readonly Problem[]): void {
    this.surroundings.marks.mark(this.origin, this.index, problems);
  }

  end(success: boolean | undefined): void {
    this.surroundings.onEnd();
    this.execution.end(success, Date.now());
  }
}

function toEditorItem(item: OutputItem): vscode.NotebookCellOutputItem {
  switch (item.mime) {
    case 'text/plain':
      return vscode.NotebookCellOutputItem.text(item.text);
    case 'error':
      return vscode.NotebookCellOutputItem.error(item.error);
    default:
      return vscode.NotebookCellOutputItem.json(item.payload, item.mime);
  }
}
