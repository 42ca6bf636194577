import path from 'node:path';
import * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import { ProblemError } from '../../protocol/problem.js';
import {
  isMessageFromRenderer,
  type MessageFromRenderer,
  type MessageToRenderer,
  type RowsBeside,
  rendererId,
} from '../../protocol/rendererMessages.js';
import type { TableBlock } from '../../protocol/result.js';
import { internalCommandIds } from '../identifiers.js';
import { findCell } from './cellName.js';
import { locateNotebook } from './notebookLocation.js';

/** What outputs may have done, by the controller of their notebook. */
export interface OutputRunner {
  rebuild(cell: vscode.NotebookCell): Promise<void>;
  runWithUpstream(cell: vscode.NotebookCell): Promise<void>;
  rowsBeside(notebook: vscode.NotebookDocument, model: string, rows: RowsBeside): Promise<TableBlock>;
}

/** Does what a person asks for in an output. What is no known message, or names no cell of its notebook, is dropped. */
export function answerOutputs(runner: OutputRunner, logger: Logger): vscode.Disposable {
  const messaging = vscode.notebooks.createRendererMessaging(rendererId);
  return messaging.onDidReceiveMessage(({ editor, message }) => {
    if (!isMessageFromRenderer(message)) return;
    const reply = (answer: MessageToRenderer) => messaging.postMessage(answer, editor);
    answer(runner, editor.notebook, message, reply).catch((error: unknown) => {
      logger.error(`An output asked to ${message.kind}: ${error instanceof Error ? error.stack : error}`);
    });
  });
}

async function answer(
  runner: OutputRunner,
  notebook: vscode.NotebookDocument,
  message: MessageFromRenderer,
  reply: (message: MessageToRenderer) => Thenable<boolean>,
): Promise<void> {
  if (message.kind === 'manage trust') {
    await vscode.commands.executeCommand('workbench.trust.manage');
    return;
  }
  if (message.kind === 'accept drift') {
    await vscode.commands.executeCommand(internalCommandIds.acceptDrift, message.pattern);
    return;
  }
  const cell = findCell(notebook, message.cell);
  if (cell === undefined) return;
  switch (message.kind) {
    case 'run again':
      return message.how === 'rebuild' ? runner.rebuild(cell) : runner.runWithUpstream(cell);
    case 'show rows':
      await reply(await rowsBeside(runner, notebook, message));
      return;
    case 'reveal file':
      await reveal(notebook, message.path);
  }
}

async function rowsBeside(
  runner: OutputRunner,
  notebook: vscode.NotebookDocument,
  { model, rows, request }: Extract<MessageFromRenderer, { kind: 'show rows' }>,
): Promise<MessageToRenderer> {
  try {
    return { kind: 'rows', request, table: await runner.rowsBeside(notebook, model, rows) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { kind: 'refused', request, problem: error.problem };
  }
}

/** A path that leaves its project was not made by the kernel. */
async function reveal(notebook: vscode.NotebookDocument, relative: string): Promise<void> {
  const { root } = locateNotebook(notebook.uri);
  const file = path.resolve(root, relative);
  if (!file.startsWith(root + path.sep)) return;
  await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(file));
}
