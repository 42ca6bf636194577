import { Chalk, type ChalkInstance } from 'chalk';
import type { OutputStream, Terminal } from './terminal.js';

/** How a stream may be written to. */
export interface Style {
  readonly colours: ChalkInstance;
  readonly symbols: Symbols;
  /** Columns of the terminal; absent where lines may have any length, as in a file. */
  readonly width?: number;
}

export interface Symbols {
  readonly done: string;
  readonly failed: string;
  readonly skipped: string;
  readonly warning: string;
  readonly rule: string;
  readonly gutter: string;
  readonly ellipsis: string;
  readonly lineBreak: string;
  /** A bar's full cell and, from thin to wide, its last one. */
  readonly bar: string;
  readonly barEnds: readonly string[];
  readonly barRest: string;
  readonly spinner: readonly string[];
}

const unicodeSymbols: Symbols = {
  done: '✓',
  failed: '✗',
  skipped: '·',
  warning: '!',
  rule: '─',
  gutter: '│',
  ellipsis: '…',
  lineBreak: '↵',
  bar: '█',
  barEnds: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
  barRest: '░',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

const asciiSymbols: Symbols = {
  done: 'ok',
  failed: 'x',
  skipped: '-',
  warning: '!',
  rule: '-',
  gutter: '|',
  ellipsis: '...',
  lineBreak: '\\n',
  bar: '#',
  barEnds: [],
  barRest: '.',
  spinner: ['-', '\\', '|', '/'],
};

type Surroundings = Pick<Terminal, 'env' | 'platform'>;

/** The style of a stream, from what it is and from the environment's wishes. */
export function styleOf(stream: OutputStream, { env, platform }: Surroundings): Style {
  const isTerminal = stream.isTTY === true;
  return {
    colours: new Chalk({ level: hasColours(isTerminal, env) ? 1 : 0 }),
    symbols: !isTerminal || showsUnicode({ env, platform }) ? unicodeSymbols : asciiSymbols,
    ...(isTerminal && { width: stream.columns ?? 80 }),
  };
}

/** The style of a file. */
export const plainStyle: Style = { colours: new Chalk({ level: 0 }), symbols: unicodeSymbols };

/** FORCE_COLOR stands over NO_COLOR (no-color.org), as in Node itself. */
function hasColours(isTerminal: boolean, env: Terminal['env']): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return isTerminal && term !== 'dumb';
}

function showsUnicode({ env, platform }: Surroundings): boolean {
  // The old Windows console has no braille or block glyphs; its successors tell who they are.
  if (platform === 'win32') return env.WT_SESSION !== undefined || env.TERM_PROGRAM !== undefined;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return env.TERM !== 'linux' && env.TERM !== 'dumb' && locale !== 'C' && locale !== 'POSIX';
}
