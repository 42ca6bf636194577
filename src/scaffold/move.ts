import { rename } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

const attempts = 8;

/** Renames a file or folder on one disk; rejects as the file system does. */
export async function move(source: string, target: string, attempt = 1): Promise<void> {
  try {
    await rename(source, target);
  } catch (error) {
    if (attempt === attempts || !isHeldForAMoment(error)) throw error;
    await setTimeout(25 * attempt);
    await move(source, target, attempt + 1);
  }
}

/** On Windows a scanner that looks into what is new keeps it from being moved for a moment. */
function isHeldForAMoment(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
}
