import type { CommanderError } from 'commander';
import { ProblemError, problem } from '../protocol/problem.js';

/** A call that can't be done as it was written. */
export function usageError(message: string, hint: string): ProblemError {
  return new ProblemError(problem('cli.usage', message, { hint }));
}

/**
 * What the argument parser refused, as a problem like every other. Its text is
 * `error: unknown command 'rnu'`, with `(Did you mean run?)` on a second line where it can guess.
 */
export function parserProblem(error: CommanderError): ProblemError {
  const [first = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = more
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1');
  const help = '`ratatouille --help` lists the commands, `ratatouille help run` the options of one.';
  return usageError(sentence(first), suggestion === '' ? help : suggestion);
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
