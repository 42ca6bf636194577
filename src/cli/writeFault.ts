import { dirname } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import { usageError } from './usage.js';

const fullDisk = new Set(['ENOSPC', 'EDQUOT']);

/** What to try when a file can't be written, by the system's code. */
const hints: Readonly<Record<string, string>> = {
  ENOENT: 'a file in a folder that exists',
  ENOTDIR: 'a file in a folder that exists',
  EACCES: 'a file that you may write',
  EPERM: 'a file that you may write',
  EROFS: 'a file on a disk that can be written',
};

/** The options that name a file to be written. */
export type FileOption = '--output' | '--report';

/**
 * Why the file of an option can't be written: a ProblemError `cli.output` when the disk gave up, else
 * `cli.usage`.
 */
export function unwritable(name: string, error: unknown, option: FileOption = '--output'): ProblemError {
  const code = systemCode(error);
  if (fullDisk.has(code) || code === 'EIO') {
    return new ProblemError(
      problem('cli.output', `${name} can't be written: ${systemReason(error)}.`, {
        hint: `Make room, or give ${option} a file on another disk; what was there before is unchanged.`,
      }),
    );
  }
  const hint = `Give ${option} ${hints[code] ?? 'another file'}.`;
  const reason = code === 'ENOENT' ? `there is no folder ${dirname(name)}` : systemReason(error);
  return usageError(`${name} can't be written: ${reason}.`, hint);
}

/** Standard output takes no more, as on a full disk: a ProblemError `cli.output`. */
export function outputFault(error: unknown): ProblemError {
  return new ProblemError(
    problem('cli.output', `Standard output can't be written: ${systemReason(error)}.`),
    {
      cause: error,
    },
  );
}

/** The reader of a pipe has gone, as `head` does when it has enough. */
export function isClosedPipe(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}

/** Tells an error of the system, which has a code like `ENOSPC`, from every other. */
export function isSystemError(error: unknown): boolean {
  return /^E[A-Z0-9]+$/.test(systemCode(error));
}

function systemCode(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on its disk',
  EDQUOT: 'there is no space left on its disk',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'the system does not allow it',
  EPERM: 'the system does not allow it',
  EROFS: 'its disk can only be read',
};

/** Why the system refused a file, in words where there are some for its code. */
export function systemReason(error: unknown): string {
  const reason = reasons[systemCode(error)];
  if (reason !== undefined) return reason;
  return error instanceof Error ? error.message : String(error);
}
