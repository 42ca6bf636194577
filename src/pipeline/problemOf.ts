import { EngineError } from '../engine/engine.js';
import { faultProblem } from '../protocol/fault.js';
import type { Logger } from '../protocol/logger.js';
import { type Problem, ProblemError } from '../protocol/problem.js';
import { sqlProblem } from './sqlProblem.js';

/** The problem that something thrown stands for. What nobody foresaw is logged with its stack. */
export function problemOf(error: unknown, logger: Logger): Problem {
  if (error instanceof ProblemError) return error.problem;
  return error instanceof EngineError ? sqlProblem(error) : faultProblem(error, logger);
}
