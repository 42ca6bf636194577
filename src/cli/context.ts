import type { Parts } from './parts.js';
import { ResultOutput } from './resultOutput.js';
import { Screen } from './screen.js';
import type { Terminal } from './terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly parts: Parts;
  readonly screen: Screen;
  readonly output: ResultOutput;
  /** A program reads: standard output is one JSON document, also after a failure. */
  readonly json: boolean;
}

/** The context of one call; `argv` is what follows the program's name. */
export function createContext(argv: readonly string[], terminal: Terminal, parts: Parts): CommandContext {
  return {
    terminal,
    parts,
    screen: new Screen(terminal),
    output: new ResultOutput(terminal),
    json: argv.includes('--json'),
  };
}
