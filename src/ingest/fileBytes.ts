import { createReadStream, type ReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ProblemError, problem } from '../protocol/problem.js';
import { fileError } from './fileProblem.js';
import type { LandingFile } from './landingFiles.js';
import { isSystemError } from './systemError.js';

const chunkBytes = 1 << 20;

/** The beginning of a file, uncompressed. */
export interface FileHead {
  readonly bytes: Buffer;
  /** The head is the whole file. */
  readonly complete: boolean;
}

/** Tells whether a file is compressed, which its name alone decides. */
export function isCompressed(path: string): boolean {
  return /\.gz$/i.test(path);
}

/** Reads up to `limit` bytes. Throws a ProblemError `landing.file` for a damaged compressed file. */
export async function readHead(file: LandingFile, limit: number): Promise<FileHead> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readChunks(file, { highWaterMark: Math.min(chunkBytes, limit + 1) })) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  const bytes = Buffer.concat(chunks, length);
  return length > limit ? { bytes: bytes.subarray(0, limit), complete: false } : { bytes, complete: true };
}

/**
 * The bytes of a file, uncompressed, in chunks that stay valid; `onRaw` sees them as they are on disk.
 * Throws a ProblemError `landing.file` for a compressed file that is cut or damaged, which the engine
 * would read without a word up to the damage.
 */
export async function* readChunks(
  file: LandingFile,
  options: {
    readonly onRaw?: (chunk: Buffer) => void;
    readonly highWaterMark?: number;
    readonly signal?: AbortSignal;
  } = {},
): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.absolute, {
    highWaterMark: options.highWaterMark ?? chunkBytes,
    ...(options.signal && { signal: options.signal }),
  });
  try {
    if (isCompressed(file.path)) yield* uncompressed(file, raw, options.onRaw);
    else yield* counted(raw, options.onRaw);
  } catch (error) {
    throw readable(file, error);
  } finally {
    raw.destroy();
  }
}

async function* counted(raw: ReadStream, onRaw: (chunk: Buffer) => void = () => {}): AsyncGenerator<Buffer> {
  for await (const chunk of raw as AsyncIterable<Buffer>) {
    onRaw(chunk);
    yield chunk;
  }
}

async function* uncompressed(
  file: LandingFile,
  raw: ReadStream,
  onRaw: (chunk: Buffer) => void = () => {},
): AsyncGenerator<Buffer> {
  const plain = createGunzip({ chunkSize: 1 << 18 });
  raw.on('data', (chunk) => onRaw(chunk as Buffer));
  raw.on('error', (error) => plain.destroy(error));
  raw.pipe(plain);
  yield* plain as AsyncIterable<Buffer>;
  // Zeros are ignored by one reader and not by another.
  if (plain.bytesWritten < raw.bytesRead) {
    throw fileError(file.path, 'is damaged: it has other bytes behind its compressed data', {
      hint: 'Copy it again from its source.',
    });
  }
}

/** The rejection of work whose signal was aborted. */
export function scanCancelled(cause?: unknown): ProblemError {
  return new ProblemError(problem('sql.cancelled', 'Reading the landing files was cancelled.'), { cause });
}

/** The error as people need it, where it is about the file. */
function readable(file: LandingFile, error: unknown): unknown {
  if (error instanceof Error && error.name === 'AbortError') return scanCancelled(error);
  if (isSystemError(error, 'ENOENT'))
    return fileError(file.path, 'changed while it was read: it is gone', {}, error);
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === 'Z_BUF_ERROR') {
    return fileError(
      file.path,
      'is cut: its compressed data ends too early',
      { hint: 'Copy it again, whole.' },
      error,
    );
  }
  if (code?.startsWith('Z_') === true && error instanceof Error) {
    const more = { hint: 'Copy it again from its source.', cause: error.message };
    return fileError(file.path, 'is damaged: it can not be uncompressed', more, error);
  }
  return error;
}
