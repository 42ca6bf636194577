import { EngineError } from '../engine/engine.js';
import type { Logger } from '../protocol/logger.js';
import { type Problem, ProblemError, problem } from '../protocol/problem.js';
import { sqlProblem } from './sqlProblem.js';

/** The problem that something thrown stands for. What nobody foresaw is logged with its stack. */
export function problemOf(error: unknown, logger: Logger): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof EngineError) return sqlProblem(error);
  const message = error instanceof Error ? error.message : String(error);
  logger.error(error instanceof Error ? (error.stack ?? message) : message);
  return problem('internal', message, {
    hint: 'This is a fault of Ratatouille. Please report it with the log.',
  });
}
