import type { Parts } from './parts.js';
import type { ResultOutput } from './resultOutput.js';
import type { Screen } from './screen.js';
import type { Terminal } from './terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly parts: Parts;
  readonly screen: Screen;
  readonly output: ResultOutput;
  /** A program reads: standard output is one JSON document, also after a failure. */
  readonly json: boolean;
  /** Ends the command with its exit code. */
  readonly finish: (work: Promise<number>) => Promise<void>;
}
