import type { Logger } from './logger.js';
import { type Problem, ProblemError, problem } from './problem.js';

/**
 * What a person is told of an error that nobody foresaw; the log gets it with its stack and causes.
 * @param elsewhere what to try where no log file has it.
 */
export function faultProblem(
  error: unknown,
  logger: Logger,
  elsewhere = 'Please report it with the log.',
): Problem {
  logger.error('A fault of Ratatouille itself.', error);
  const { file } = logger;
  return problem('internal', `Ratatouille met a fault of its own: ${messageOf(error)}`, {
    hint:
      file === undefined ? elsewhere : `Where it happened is in ${file}. Please report it with that file.`,
  });
}

/**
 * The stack of something thrown and of its causes, one line each. Messages that can quote a value of the data
 * or a part of somebody's SQL are left out: those of the engine and of problems.
 */
export function describeFault(fault: unknown): readonly string[] {
  if (!(fault instanceof Error)) return [`something of type ${typeof fault} was thrown`];
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const above = fault.cause === undefined ? [] : describeFault(fault.cause);
  const [first, ...rest] = above;
  const cause = first === undefined ? [] : [`caused by ${first}`, ...rest];
  return [[fault.name, shareable(fault)].filter((part) => part !== '').join(': '), ...frames, ...cause];
}

function shareable(fault: Error): string {
  if (fault instanceof ProblemError) return fault.problem.code;
  // “Unexpected token in …” and “Cannot convert …” quote what they could not read.
  if (fault instanceof SyntaxError || fault instanceof RangeError) return '';
  const type = engineErrorType(fault);
  return type === undefined ? fault.message.replaceAll(/\s*\n\s*/g, ' ') : `${type}, told by the engine`;
}

/** What the log says of an error in one line, as {@link describeFault}. */
export function faultLine(fault: unknown): string {
  return describeFault(fault)[0] ?? '';
}

/** By its shape: what is thrown below the engine's port is an error like any other. */
function engineErrorType(fault: Error): string | undefined {
  const { details } = fault as { readonly details?: { readonly type?: unknown } };
  if (fault.name === 'EngineError') return String(details?.type ?? 'Unknown');
  return (
    /"exception_type":\s*"([^"]*)"/.exec(fault.message)?.[1] ??
    /^([A-Z][A-Za-z ]+) Error: /.exec(fault.message)?.[1]
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
