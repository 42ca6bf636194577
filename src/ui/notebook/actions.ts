import type { RowsBeside, RunAgain } from '../../protocol/rendererMessages.js';
import type { TableBlock } from '../../protocol/result.js';

/** What a person can ask for in the output of one cell. */
export interface OutputActions {
  runAgain(how: RunAgain): void;
  /** Resolves to rows that are kept beside a model's table; rejects with a ProblemError. */
  rowsBeside(model: string, rows: RowsBeside): Promise<TableBlock>;
  /** Shows a file of the project, by its path from there. */
  revealFile(path: string): void;
  /** Asks how the contract of a pattern takes up what its files have now. */
  acceptDrift(pattern: string): void;
  manageTrust(): void;
}

/** What the parts of an output are drawn with. */
export interface OutputContext {
  /** Undefined where nobody listens, as in an exported notebook: then there are no buttons. */
  readonly actions: OutputActions | undefined;
  /** Aborted when the output goes away. */
  readonly signal: AbortSignal;
}
