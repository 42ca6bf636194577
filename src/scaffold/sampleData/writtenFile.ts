import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** A finished file of a set. */
export interface WrittenFile {
  /** Relative to the set's directory, with forward slashes. */
  readonly path: string;
  /** Without the header. */
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes the pieces of a text one after another into a new file; the next piece is asked for when the one
 * before is written, so no more than one is in memory.
 */
export async function writePieces(
  directory: string,
  path: string,
  rows: number,
  pieces: Iterable<string>,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  const file = await open(join(directory, path), 'wx');
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const buffer = Buffer.from(piece, 'utf8');
      hash.update(buffer);
      await file.writeFile(buffer);
      bytes += buffer.length;
    }
  } finally {
    await file.close();
  }
  return { path, rows, bytes, sha256: hash.digest('hex') };
}
