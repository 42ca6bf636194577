import { statSync } from 'node:fs';
import { type LandingPattern, matchesPattern } from './pattern.js';

/** What the file system says of a file without reading it. */
export interface FileStamp {
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
  readonly inode: number;
}

/** Raised when this program finds other records, or other faults, in the same file than the one before. */
const landingFormat = 2;

/** What is remembered of files between runs; plain JSON. */
export interface LandingCache {
  readonly format: typeof landingFormat;
  /** By path below the landing folder. */
  readonly files: Readonly<Record<string, KnownFile>>;
}

export const emptyLandingCache: LandingCache = { format: landingFormat, files: {} };

export interface KnownFile extends FileStamp {
  /** When the file was last looked at, before it was read. */
  readonly lookedAtMs: number;
  readonly sha256: string;
  /** Its records and the way of reading that gave them; absent when it was only hashed. */
  readonly scan?: { readonly way: string; readonly records: number };
  /** Which of its records do not fit; absent while not all of them were looked at. */
  readonly fit?: FileFit;
}

/** How many records of a file do not fit its contract. */
export interface FileFit {
  /** The contract's hash. */
  readonly contract: string;
  /** Those that can't be told apart into columns. */
  readonly misshapen: number;
  /** The others that have a value of another type than its column's. */
  readonly misfits: number;
}

/** A file that was written this close to a look can change again without a new time. */
const untrustedMs = 2000;

/** Takes a file's stamp; throws the system's error when it is gone. */
export function stampOf(file: string): FileStamp {
  const { size, mtimeMs, ctimeMs, ino } = statSync(file);
  return { bytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs, inode: ino };
}

/** Tells whether nothing the file system knows of a file has changed. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return (
    a.bytes === b.bytes && a.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs && a.inode === b.inode
  );
}

/** The contents of files, trusted as long as size, times and inode stay what they were. */
export class FileKnowledge {
  readonly #files: Map<string, KnownFile>;

  constructor(cache: LandingCache) {
    this.#files = new Map(Object.entries(cache.files));
  }

  /** What is known of a file with this stamp; undefined when it has to be read. */
  trusted(path: string, stamp: FileStamp): KnownFile | undefined {
    const known = this.#files.get(path);
    if (known === undefined || !isSameStamp(known, stamp)) return undefined;
    return known.lookedAtMs - known.modifiedMs < untrustedMs ? undefined : known;
  }

  remember(path: string, known: KnownFile): void {
    this.#files.set(path, known);
  }

  /** Drops what is known of files of a pattern that are gone. */
  keepOnly(pattern: LandingPattern, paths: readonly string[]): void {
    const present = new Set(paths);
    for (const path of this.#files.keys()) {
      if (!present.has(path) && matchesPattern(pattern, path)) this.#files.delete(path);
    }
  }

  /** All that is known, to be kept for the next run. */
  toCache(): LandingCache {
    return { format: landingFormat, files: Object.fromEntries(this.#files) };
  }
}
