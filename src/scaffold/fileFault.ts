import { ProblemError, problem } from '../protocol/problem.js';

/**
 * Runs work that writes files below a directory; what the file system refuses (no permission, a full disk, a name
 * too long) becomes a ProblemError `scaffold.write`, all else is thrown as it is.
 */
export async function namingTheDirectory<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
    throw new ProblemError(
      problem('scaffold.write', `Files could not be written to ${directory}.`, {
        hint: 'Choose a folder that you may write to, on a disk with room.',
        cause: error.message,
      }),
      { cause: error },
    );
  }
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
