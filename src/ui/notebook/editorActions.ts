import { type Problem, ProblemError } from '../../protocol/problem.js';
import { isMessageToRenderer, type MessageFromRenderer } from '../../protocol/rendererMessages.js';
import type { TableBlock } from '../../protocol/result.js';
import type { OutputActions } from './actions.js';

/** The members of VS Code's renderer context that messages need. */
export interface Messaging {
  postMessage?(message: MessageFromRenderer): void;
  onDidReceiveMessage?(listener: (message: unknown) => void): unknown;
}

interface Waiting {
  readonly resolve: (table: TableBlock) => void;
  readonly reject: (problem: Problem) => void;
}

/**
 * Gives the actions of a cell's outputs, by its name in the payload; undefined where the editor does not listen.
 */
export function editorActions(messaging: Messaging): (cell: string | undefined) => OutputActions | undefined {
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  messaging.onDidReceiveMessage?.((message) => {
    if (!isMessageToRenderer(message)) return;
    const request = waiting.get(message.request);
    waiting.delete(message.request);
    if (message.kind === 'rows') request?.resolve(message.table);
    else request?.reject(message.problem);
  });
  return (cell) => {
    if (messaging.postMessage === undefined || cell === undefined) return undefined;
    const post = (message: MessageFromRenderer): void => messaging.postMessage?.(message);
    return {
      runAgain: (how) => post({ kind: 'run again', cell, how }),
      revealFile: (path) => post({ kind: 'reveal file', cell, path }),
      acceptDrift: (pattern) => post({ kind: 'accept drift', pattern }),
      manageTrust: () => post({ kind: 'manage trust' }),
      rowsBeside: (model, rows) =>
        new Promise((resolve, reject) => {
          requests += 1;
          waiting.set(requests, { resolve, reject: (problem) => reject(new ProblemError(problem)) });
          post({ kind: 'show rows', rows, cell, model, request: requests });
        }),
    };
  };
}
