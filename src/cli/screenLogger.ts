import { describeFault } from '../protocol/fault.js';
import type { Logger } from '../protocol/logger.js';
import type { CommandContext } from './context.js';

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

/** A logger whose sink is standard error, from the level that RATATOUILLE_LOG names; default `warn`. */
export function screenLogger({ screen, terminal }: CommandContext): Logger {
  const wanted = levels.indexOf(terminal.env.RATATOUILLE_LOG as Level);
  const lowest = wanted === -1 ? levels.indexOf('warn') : wanted;
  const at = (level: Level) => (message: string) => {
    if (levels.indexOf(level) >= lowest) screen.print(`${screen.style.colours.dim(level)} ${message}`);
  };
  const error: Logger['error'] = (message, fault) => {
    // Of a fault the person is told by its problem; where it happened only matters to whoever looks for it.
    if (fault === undefined) at('error')(message);
    else if (lowest === 0) at('error')([message, ...describeFault(fault)].join('\n'));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error };
}
