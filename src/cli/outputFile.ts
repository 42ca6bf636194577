import { constants } from 'node:fs';
import { type FileHandle, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutputTarget } from './outputTarget.js';
import { OutputClosedError } from './resultOutput.js';
import { isClosedPipe, isSystemError, unwritable } from './writeFault.js';

const lookForReaderEveryMs = 50;

/**
 * Writes a text, as it comes, into a file that afterwards is whole or as it was before; a pipe or a device gets them as
 * they come. Throws ProblemErrors `cli.usage`, `cli.output`, and the signal's reason.
 */
export async function writeOutputFile(
  target: OutputTarget,
  text: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  await explained(target, () =>
    target.kind === 'file' ? replaceFile(target.path, text) : writeThrough(target, text, signal),
  );
}

/**
 * Has a file made by another that can only replace one, as the engine does. A pipe or a device gets its bytes.
 * Throws as {@link writeOutputFile} and `make` do.
 */
export async function makeOutputFile<Result>(
  target: OutputTarget,
  make: (path: string) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  return explained(target, async () => {
    if (target.kind === 'file') return make(target.path);
    const folder = await mkdtemp(join(tmpdir(), 'ratatouille-output-'));
    try {
      const made = join(folder, 'result');
      const result = await make(made);
      await copyThrough(made, target, signal);
      return result;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function explained<Result>(
  { name, option }: OutputTarget,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isClosedPipe(error)) throw new OutputClosedError(`Nobody reads ${name}`, { cause: error });
    throw isSystemError(error) ? unwritable(name, error, option) : error;
  }
}

async function replaceFile(path: string, chunks: AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    await writeAll(await open(unfinished, 'w'), chunks);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function copyThrough(from: string, target: OutputTarget, signal: AbortSignal): Promise<void> {
  const source = await open(from, 'r');
  try {
    await writeThrough(target, source.createReadStream({ autoClose: false }), signal);
  } finally {
    await source.close();
  }
}

async function writeThrough(
  target: OutputTarget,
  chunks: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = target.kind === 'pipe' ? await openWithReader(target.path, signal) : undefined;
  try {
    await writeAll(await open(target.path, constants.O_WRONLY), chunks);
  } finally {
    await waiting?.close();
  }
}

/** Opening a pipe that nobody reads would block a thread, which then keeps the process from ending. */
async function openWithReader(path: string, signal: AbortSignal): Promise<FileHandle> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await delay(lookForReaderEveryMs);
  }
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
}
