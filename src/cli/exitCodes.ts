import { type Problem, ProblemError } from '../protocol/problem.js';
import { problemCodes } from '../protocol/problemCodes.js';
import type { InterruptSignal } from './terminal.js';

/** What the process returns; `docs/cli.md` tells the user. */
export const exitCodes = {
  done: 0,
  /** The data or a model failed. */
  failed: 1,
  /** The person must fix the call or the project. */
  usage: 2,
  /** Somebody else is writing. */
  busy: 3,
} as const;

/** What a shell reports for a process that a signal ended: 128 + the signal's number. */
export const interruptedCodes: Readonly<Record<InterruptSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * The exit code of a list of problems: 0 without an error, else the largest of theirs, because what a
 * person must fix (2) or wait for (3) stays true whatever else failed (1).
 */
export function exitCodeOf(problems: readonly Problem[]): number {
  return problems
    .filter((problem) => problem.severity === 'error')
    .reduce<number>((code, problem) => Math.max(code, problemCodes[problem.code].exit), exitCodes.done);
}

/** Tells whether an error only says that what was asked to stop has stopped. */
export function isCancellation(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === 'sql.cancelled';
}
