import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { VersionInput } from '../lake/manifest.js';

/**
 * Files that a model reads by another way than `landing()`, as `read_csv('/data/rates.csv')`. They are
 * inputs like any other: the same content gives the same hash, so a run sees when they change.
 */
export interface OutsideFiles {
  /** One input for each file that a path or a glob names now; none where nothing matches. */
  inputs(path: string): Promise<readonly Extract<VersionInput, { kind: 'file' }>[]>;
}

/** What is remembered of a file between runs. */
export interface KnownFile {
  readonly stamp: string;
  readonly sha256: string;
}

/** Relative paths count from the project's folder, as the engine reads them. */
export function createOutsideFiles(root: string, known: Map<string, KnownFile>): OutsideFiles {
  return {
    async inputs(path) {
      const files = isGlob(path) ? expand(root, path) : [resolve(root, path)];
      const inputs = await Promise.all(files.map((file) => inputOf(root, file, known)));
      return inputs.flatMap((input) => input ?? []);
    },
  };
}

/** The engine's globs know `*`, `**`, `?` and `[…]`; all else is part of a name. */
const engineGlob = { dot: true, nobrace: true, noextglob: true, nonegate: true, windows: false };

function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

function expand(root: string, pattern: string): readonly string[] {
  const plain = pattern.replaceAll('\\', '/');
  const base = plain.slice(0, plain.lastIndexOf('/', plain.search(/[*?[]/)) + 1);
  const matches = picomatch(plain.slice(base.length).replace(/[(){}!+@|]/g, '\\$&'), engineGlob);
  const from = resolve(root, base);
  return filesBelow(from)
    .filter((file) => matches(relative(from, file).replaceAll(sep, '/')))
    .sort();
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

async function inputOf(
  root: string,
  file: string,
  known: Map<string, KnownFile>,
): Promise<Extract<VersionInput, { kind: 'file' }> | undefined> {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  if (stat === undefined || !stat.isFile()) return undefined;
  const stamp = `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
  const before = known.get(file);
  const sha256 = before?.stamp === stamp ? before.sha256 : await hashOf(file);
  // A file written within the clock's grain can change again without its time moving.
  const settled = Date.now() - Number(stat.mtimeMs) > 2000;
  if (settled) known.set(file, { stamp, sha256 });
  return { kind: 'file', path: displayPath(root, file), sha256 };
}

function displayPath(root: string, file: string): string {
  const inside = relative(root, file);
  return (inside.startsWith('..') || isAbsolute(inside) ? file : inside).split(sep).join('/');
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
