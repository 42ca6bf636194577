import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { VersionInput } from '../lake/manifest.js';
import { ProblemError, problem } from '../protocol/problem.js';

/**
 * Files that a model reads by another way than `landing()`, as `read_csv('/data/rates.csv')`. They are
 * inputs like any other: the same content gives the same hash, so a run sees when they change.
 */
export interface OutsideFiles {
  /**
   * One input for each file that a path or a glob names now; none where nothing that can be read matches.
   * Throws a ProblemError `sql.cancelled` when the signal is aborted while a file is hashed.
   */
  inputs(path: string, options?: { readonly signal?: AbortSignal }): Promise<readonly FileInput[]>;
}

type FileInput = Extract<VersionInput, { kind: 'file' }>;

/** What is remembered of a file between runs. */
export interface KnownFile {
  readonly stamp: string;
  readonly sha256: string;
}

/** Relative paths count from the project's folder, as the engine reads them. */
export function createOutsideFiles(root: string, known: Map<string, KnownFile>): OutsideFiles {
  return {
    async inputs(path, { signal } = {}) {
      const wanted = withHome(path);
      const files = isGlob(wanted) ? expand(root, wanted) : [resolve(root, wanted)];
      const inputs = await Promise.all(files.map((file) => inputOf(root, file, known, signal)));
      return inputs.flatMap((input) => input ?? []);
    },
  };
}

/** The engine's globs know `*`, `**`, `?` and `[…]`; all else is part of a name. */
const engineGlob = { dot: true, nobrace: true, noextglob: true, nonegate: true, windows: false };

/** The engine takes a `~` at the start for the home folder, whatever follows. */
function withHome(path: string): string {
  return path.startsWith('~') ? homedir() + path.slice(1) : path;
}

function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

function expand(root: string, pattern: string): readonly string[] {
  const plain = pattern.replaceAll('\\', '/');
  const base = plain.slice(0, plain.lastIndexOf('/', plain.search(/[*?[]/)) + 1);
  const glob = plain.slice(base.length);
  const matches = picomatch(glob.replace(/[(){}!+@|]/g, '\\$&'), engineGlob);
  const from = resolve(root, base);
  const levels = glob.includes('**') ? Number.POSITIVE_INFINITY : glob.split('/').length;
  return filesBelow(from, levels)
    .filter((file) => matches(relative(from, file).replaceAll(sep, '/')))
    .sort();
}

/** As the engine walks: `**` follows no link to a folder, `*` does; a folder that can't be listed is empty. */
function filesBelow(folder: string, levels: number): readonly string[] {
  const entries = unlessUnreadable(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    const followed = Number.isFinite(levels) && entry.isSymbolicLink();
    const isFolder = entry.isDirectory() || (followed && statOf(path)?.isDirectory() === true);
    if (!isFolder) return [path];
    return levels > 1 ? filesBelow(path, levels - 1) : [];
  });
}

function statOf(path: string): BigIntStats | undefined {
  return unlessUnreadable(() => statSync(path, { bigint: true }));
}

/** What can't be read is no input: the engine says so when it tries. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(code);
}

async function inputOf(
  root: string,
  file: string,
  known: Map<string, KnownFile>,
  signal?: AbortSignal,
): Promise<FileInput | undefined> {
  const lookedAt = Date.now();
  const stat = statOf(file);
  if (stat === undefined || !stat.isFile()) return undefined;
  const stamp = `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
  const before = known.get(file);
  const sha256 = before?.stamp === stamp ? before.sha256 : await hashOf(file, signal);
  if (sha256 === undefined) return undefined;
  // A file written within the clock's grain can change again without its time moving.
  const settled = lookedAt - Number(stat.mtimeMs) > 2000;
  if (settled) known.set(file, { stamp, sha256 });
  return { kind: 'file', path: displayPath(root, file), sha256 };
}

function displayPath(root: string, file: string): string {
  const inside = relative(root, file);
  const isOutside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return (isOutside ? file : inside).split(sep).join('/');
}

async function hashOf(file: string, signal?: AbortSignal): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { ...(signal && { signal }) }))
      hash.update(chunk as Buffer);
  } catch (error) {
    if (signal?.aborted) throw cancelled(error);
    if (isUnreadable(error)) return undefined;
    throw error;
  }
  return hash.digest('hex');
}

function cancelled(cause: unknown): ProblemError {
  return new ProblemError(problem('sql.cancelled', 'Reading the files was cancelled.'), { cause });
}
