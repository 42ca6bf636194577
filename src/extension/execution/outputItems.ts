import type { Problem } from '../../protocol/problem.js';
import { type ResultBlock, type ResultPayload, resultMimeType } from '../../protocol/result.js';
import { toPlainText } from './plainText.js';

/** One representation of an output. */
export type OutputItem =
  | { readonly mime: typeof resultMimeType; readonly payload: ResultPayload }
  | { readonly mime: 'text/plain'; readonly text: string }
  | { readonly mime: 'error'; readonly error: Error };

/**
 * The representations of a cell's output. Each has a text twin, and problems are also an error in the
 * editor's own sense: they show even where the renderer does not.
 *
 * @param cell what the output calls its cell when it asks the editor for something
 */
export function outputItems(blocks: readonly ResultBlock[], cell: string): readonly OutputItem[] {
  const payload: ResultPayload = { version: 1, blocks, cell };
  const problems = blocks.flatMap((block) => (block.kind === 'problem' ? [block.problem] : []));
  const first = problems[0];
  return [
    { mime: resultMimeType, payload },
    ...(first === undefined ? [] : [{ mime: 'error' as const, error: toError(first) }]),
    { mime: 'text/plain', text: toPlainText(payload) },
  ];
}

/** The stack is what the editor prints: of a person's fault it is what to try, never our code's. */
function toError(problem: Problem): Error {
  return { name: problem.code, message: problem.message, stack: problem.hint ?? '' };
}
