import * as vscode from 'vscode';
import type { Logger } from '../../protocol/logger.js';
import { type Problem, ProblemError } from '../../protocol/problem.js';
import { commandIds } from '../identifiers.js';
import { problemSentence } from './problemSentence.js';

const showLog = 'Show Log';

/** Runs a command's work; what it throws is told as a message, never lost. Cancelling is no fault. */
export async function telling<T>(logger: Logger, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) {
      if (error.problem.code !== 'sql.cancelled') tellProblem(error.problem);
      return undefined;
    }
    logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    tellFault(error);
    return undefined;
  }
}

function tellProblem(problem: Problem): void {
  vscode.window.showErrorMessage(problemSentence(problem));
}

function tellFault(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  vscode.window
    .showErrorMessage(`Ratatouille met a fault of its own: ${message}`, showLog)
    .then((choice) => choice === showLog && vscode.commands.executeCommand(commandIds.showLog));
}
