import { mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import { move } from './move.js';

const buildPrefix = '.ratatouille-new-';

/**
 * Fills a folder that is missing or empty: `build` writes into a hidden folder on the same disk, whose content
 * is then moved to its place. When anything fails, all that was made is taken away again.
 * Throws a ProblemError `scaffold.not-empty` for a folder with anything in it, and for a file; it is not touched.
 */
export async function fillFolder(directory: string, build: (folder: string) => Promise<void>): Promise<void> {
  const target = resolve(directory);
  const entries = await entriesOf(target);
  if (entries === undefined) await fillMissing(target, build);
  else if (entries.length === 0) await fillEmpty(target, build);
  else throw notEmpty(target);
}

/** Undefined where there is nothing. */
async function entriesOf(target: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'ENOTDIR') throw notEmpty(target);
    throw error;
  }
}

async function fillMissing(target: string, build: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(target);
  const firstMade = await mkdir(parent, { recursive: true });
  try {
    await withBuildFolder(parent, async (folder) => {
      const project = join(folder, 'project');
      await mkdir(project);
      await build(project);
      await moveOrGiveWay(project, target);
    });
  } catch (error) {
    if (firstMade !== undefined) await removeEmptyFolders(parent, firstMade);
    throw error;
  }
}

/** Works inside the folder, which may be somebody's current one or a mount: it is never replaced. */
async function fillEmpty(target: string, build: (folder: string) => Promise<void>): Promise<void> {
  await withBuildFolder(target, async (folder) => {
    await build(folder);
    const others = (await readdir(target)).filter((name) => name !== basename(folder));
    if (others.length > 0) throw notEmpty(target);
    await moveAll(folder, target);
  });
}

async function withBuildFolder(parent: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(parent, buildPrefix));
  try {
    await work(folder);
  } finally {
    await remove(folder);
  }
}

async function moveAll(source: string, target: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of await readdir(source)) {
      await moveOrGiveWay(join(source, name), join(target, name));
      moved.push(join(target, name));
    }
  } catch (error) {
    for (const path of moved) await remove(path);
    throw error;
  }
}

async function moveOrGiveWay(source: string, target: string): Promise<void> {
  try {
    await move(source, target);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') throw notEmpty(target, error);
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5 });
}

/** From `folder` up to `last`, as long as nobody has put anything there. */
async function removeEmptyFolders(folder: string, last: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return;
    throw error;
  }
  if (folder !== last) await removeEmptyFolders(dirname(folder), last);
}

function notEmpty(target: string, cause?: unknown): ProblemError {
  return new ProblemError(
    problem('scaffold.not-empty', `${target} is not an empty folder.`, {
      hint: 'Choose a new folder or an empty one; nothing was changed.',
    }),
    { cause },
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
