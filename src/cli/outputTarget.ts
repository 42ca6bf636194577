import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { layers } from '../protocol/layer.js';
import { ProblemError, problem } from '../protocol/problem.js';
import { usageError } from './usage.js';
import { type FileOption, unwritable } from './writeFault.js';

/** Where the name of a file leads. */
export interface OutputTarget {
  /** As the person wrote it. */
  readonly name: string;
  /** Absolute, with links followed. */
  readonly path: string;
  /** A pipe or a device is written to as it is: there is nothing to replace. */
  readonly kind: 'file' | 'pipe' | 'device';
  /** The option that named it. */
  readonly option: FileOption;
}

/**
 * Finds what a name means, before the work for it is done. Throws a ProblemError `cli.usage` where no file
 * can be.
 * @param name what the person wrote, relative to `directory`
 */
export async function findOutputTarget(
  name: string,
  directory: string,
  option: FileOption = '--output',
): Promise<OutputTarget> {
  const path = resolve(directory, name);
  const kind = await kindOf(path, name, option);
  if (kind === 'pipe' || kind === 'device')
    return { name, kind, path: await realpath(path).catch(() => path), option };
  try {
    return { name, kind, path: await followLinks(path), option };
  } catch (error) {
    throw unwritable(name, error, option);
  }
}

async function kindOf(path: string, name: string, option: FileOption): Promise<OutputTarget['kind']> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory())
      throw usageError(`${name} can't be written: it is a folder.`, 'Name a file in it.');
    if (entry.isFIFO()) return 'pipe';
    return entry.isFile() ? 'file' : 'device';
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (isMissing(error)) return 'file';
    throw unwritable(name, error, option);
  }
}

/** The last link may lead to a file that is yet to be made. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const place = join(await realpath(dirname(path)), basename(path));
  const link = await readlink(place).catch(() => undefined);
  return link === undefined ? place : followLinks(resolve(dirname(place), link));
}

/**
 * Refuses a target among the files that a project is made of: only runs and their author write there.
 * Throws a ProblemError `lake.write-refused`.
 * @param root the project's folder, absolute
 */
export async function refuseProjectFiles(
  { name, path, option }: Pick<OutputTarget, 'name' | 'path' | 'option'>,
  root: string,
): Promise<void> {
  for (const own of ownPlaces(root)) {
    const real = await realpath(own).catch(() => own);
    if (!isInside(own, path) && !isInside(real, path)) continue;
    const place = relative(root, own).split(sep).join('/');
    throw new ProblemError(
      problem('lake.write-refused', `${name} can't be written: ${place} is the project's own.`, {
        hint: `Give ${option} a file elsewhere, as ${option === '--output' ? 'exports/result.csv' : 'reports/run.md'}.`,
      }),
    );
  }
}

function ownPlaces(root: string): readonly string[] {
  const data = ['landing', ...layers].map((folder) => join(root, 'data', folder));
  const others = ['.ratatouille', 'notebooks', 'contracts', 'ratatouille.json'];
  return [...data, ...others.map((each) => join(root, each))];
}

/** Without case: many file systems don't tell `Data` from `data`. */
function isInside(folder: string, path: string): boolean {
  const inside = relative(folder.toLowerCase(), path.toLowerCase());
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
