import type { RunAgain } from '../../protocol/rendererMessages.js';
import type { TableBlock } from '../../protocol/result.js';

/** What a person can ask for in the output of one cell. */
export interface OutputActions {
  runAgain(how: RunAgain): void;
  /** Resolves to the rows that the checks of a model dropped; rejects with a ProblemError. */
  droppedRows(model: string): Promise<TableBlock>;
  /** Shows a file of the project, by its path from there. */
  revealFile(path: string): void;
  manageTrust(): void;
}

/** What the parts of an output are drawn with. */
export interface OutputContext {
  /** Undefined where nobody listens, as in an exported notebook: then there are no buttons. */
  readonly actions: OutputActions | undefined;
  /** Aborted when the output goes away. */
  readonly signal: AbortSignal;
}
