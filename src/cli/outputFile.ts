import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inChunks } from './resultOutput.js';
import { usageError } from './usage.js';

/** Throws a ProblemError `cli.usage` when a file can't be put there, before the work for it is done. */
export async function requireFolderOf(path: string): Promise<void> {
  try {
    await access(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes lines into a file that afterwards is whole or as it was before. Throws a ProblemError `cli.usage`
 * when it can't be written.
 */
export async function writeOutputFile(path: string, lines: Iterable<string>): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const file = await open(unfinished, 'w');
    try {
      for (const chunk of inChunks(lines)) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown) {
  const reason = error instanceof Error ? error.message : String(error);
  return usageError(`${path} can't be written: ${reason}.`, 'Give --output a file in a folder that exists.');
}
