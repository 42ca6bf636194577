import { mkdir, rm } from 'node:fs/promises';

/** Removes all that is in a directory. */
export async function emptyDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true });
  await mkdir(directory);
}
