import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { findProjectRoot } from '../../project/root.js';
import { ProblemError, problem } from '../../protocol/problem.js';
import { move } from '../move.js';
import type { WrittenFile } from './writtenFile.js';

/** The file that says what a set holds; it is part of the set. */
export const truthFileName = 'truth.json';

/**
 * Where the truth of a set is: with its files, but beside the landing folder of a project, which holds what tills
 * sent and nothing else.
 */
export function truthFileOf(directory: string): string {
  const folder = resolve(directory);
  const root = findProjectRoot(folder);
  const isLanding = root !== undefined && folder === join(root, 'data', 'landing');
  return join(isLanding ? dirname(folder) : folder, truthFileName);
}

const setPath = /^(stores|products|customers)\.csv$|^pos_sales\/pos_sales_\d{4}-\d{2}-\d{2}\.csv$/;

type ListedFile = Pick<WrittenFile, 'path' | 'sha256'>;

/** The files of an earlier set that nobody has changed since, relative to the directory. */
export async function filesOfEarlierSet(directory: string): Promise<ReadonlySet<string>> {
  const truthFile = truthFileOf(directory);
  if (!existsSync(truthFile)) return new Set();
  const listed = listedFiles(await readFile(truthFile, 'utf8'));
  if (listed === undefined) return new Set();
  const unchanged = new Set([truthFileName]);
  for (const { path, sha256 } of listed) {
    const file = join(directory, path);
    if (existsSync(file) && (await sha256Of(file)) === sha256) unchanged.add(path);
  }
  return unchanged;
}

/** Throws a ProblemError `scaffold.not-empty` when a path is taken by a file that is not of the earlier set. */
export function refuseForeignFiles(
  directory: string,
  paths: readonly string[],
  earlier: ReadonlySet<string>,
): void {
  const foreign = paths
    .filter((path) => !earlier.has(path))
    .map((path) => placeOf(directory, path))
    .filter(existsSync);
  if (foreign.length === 0) return;
  const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
  throw new ProblemError(
    problem('scaffold.not-empty', `Sample data would overwrite ${foreign[0]}${more}.`, {
      hint: 'Generate into another folder, or allow it with --overwrite.',
    }),
  );
}

/** Moves finished files from `staging` to their places; files of the earlier set without a successor go away. */
export async function placeSet(
  staging: string,
  directory: string,
  paths: readonly string[],
  earlier: ReadonlySet<string>,
): Promise<void> {
  const successors = new Set(paths);
  for (const path of earlier) {
    if (!successors.has(path)) await rm(placeOf(directory, path), { force: true });
  }
  for (const path of paths) {
    const target = placeOf(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await move(join(staging, path), target);
  }
}

function placeOf(directory: string, path: string): string {
  return path === truthFileName ? truthFileOf(directory) : join(directory, path);
}

/** Undefined for a file of that name that is not ours. */
function listedFiles(truth: string): readonly ListedFile[] | undefined {
  const value = parseJson(truth);
  if (typeof value !== 'object' || value === null || !('madeWith' in value && 'files' in value))
    return undefined;
  const { files } = value;
  return Array.isArray(files) && files.every(isListedFile) ? files : undefined;
}

/** Undefined for a text that is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isListedFile(value: unknown): value is ListedFile {
  if (typeof value !== 'object' || value === null || !('path' in value && 'sha256' in value)) return false;
  return typeof value.path === 'string' && setPath.test(value.path) && typeof value.sha256 === 'string';
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
