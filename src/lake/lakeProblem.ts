import { ProblemError, problem } from '../protocol/problem.js';
import { errorCode } from './fileSystem.js';

const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, then run again.',
  EFBIG: 'The file would be larger than is allowed here, by `ulimit -f` or by the disk’s format.',
  EDQUOT: 'Your disk quota is used up: free some space, then run again.',
  EACCES: 'Check that you may write to the project’s folder.',
  EPERM: 'Check that you may write to the project’s folder, and that no other program has the file open.',
  EROFS: 'The disk is read-only.',
  EBUSY: 'Close the program that has the file open, then run again.',
};

/**
 * Runs one step of the lake and gives a failed call of the file system the form of a Problem.
 * `doing` completes "Could not …". Problems and programming errors pass unchanged.
 */
export async function explained<T>(doing: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const code = errorCode(error);
    if (error instanceof ProblemError || code === undefined) throw error;
    throw fileSystemProblem(`Could not ${doing}.`, error);
  }
}

/** A ProblemError `lake.file-system` around a failed call. */
export function fileSystemProblem(message: string, error: unknown): ProblemError {
  const hint = hints[errorCode(error) ?? ''];
  return new ProblemError(
    problem('lake.file-system', message, {
      ...(hint === undefined ? {} : { hint }),
      cause: error instanceof Error ? error.message : String(error),
    }),
    { cause: error },
  );
}

/** Somebody else has committed, or has taken the lease over, since this writer began. */
export function conflict(message: string, cause?: unknown): ProblemError {
  return new ProblemError(
    problem('lake.conflict', message, {
      hint: 'Nothing of it was published. Run again: it will start from what the other run published.',
    }),
    { cause },
  );
}
