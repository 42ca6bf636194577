import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { openLake } from '../../lake/lake.js';
import { parseTableName } from '../../lake/tableName.js';
import { readSettings } from '../../project/settings.js';
import type { Logger } from '../../protocol/logger.js';
import type { RunRecord } from '../../protocol/run.js';
import type { LandingFileStatus } from '../../protocol/status.js';
import { judgeTables } from './judgeTables.js';
import type { ProjectData } from './projectData.js';
import { withRowsApart } from './rowsApart.js';
import { readSavedModels } from './savedModels.js';

/** How many runs are looked at for records that kept a table from being built. */
const shownFailures = 20;

/** Reads what the *Data* tree shows. Throws ProblemErrors of the settings and of the lake. */
export async function readProject(root: string, logger: Logger): Promise<ProjectData> {
  const { notebooks, environment } = readSettings(root);
  const lake = openLake({ root, environment });
  const [manifest, records, saved, landing] = await Promise.all([
    lake.manifest(),
    lake.runs.list(shownFailures),
    readSavedModels(root, notebooks, logger),
    readLanding(lake.layout.landing),
  ]);
  const tables = judgeTables({
    manifest,
    models: [...saved.byNotebook.values()].flat(),
    problems: saved.problems,
    landing,
    plainPath: ({ name, version }) => lake.layout.plainPath(parseTableName(name), version.plain ?? 'file'),
  });
  return { root, landing, tables: withRowsApart(tables, manifest, records) };
}

/** The newest runs, newest first. Throws ProblemErrors of the settings and of the lake. */
export async function readRuns(root: string, limit: number): Promise<readonly RunRecord[]> {
  return openLake({ root, environment: readSettings(root).environment }).runs.list(limit);
}

/** One run by its number; undefined when its record is not kept. */
export async function readRun(root: string, run: number): Promise<RunRecord | undefined> {
  return openLake({ root, environment: readSettings(root).environment }).runs.read(run);
}

/** The folders whose changes the trees follow. */
export function watchedFolders(root: string): readonly string[] {
  const { layout } = openLake({ root });
  return [layout.landing, layout.environments, path.dirname(layout.runs)];
}

/** The layers that have a published table. Throws ProblemErrors of the settings and of the lake. */
export async function publishedLayers(root: string): Promise<ReadonlySet<string>> {
  const { tables } = await openLake({ root, environment: readSettings(root).environment }).manifest();
  return new Set(Object.keys(tables).map((name) => parseTableName(name).layer));
}

/** Tells whether a file, by its absolute path, is one that landed. */
export function isLandingFile(root: string, file: string): boolean {
  return file.startsWith(landingFolder(root) + path.sep);
}

/** Where files land; absolute. */
export function landingFolder(root: string): string {
  return openLake({ root }).layout.landing;
}

/** The files that landed, with their sizes. */
export async function readLanding(folder: string): Promise<readonly LandingFileStatus[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(noneIfMissing);
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map((file) => sizeOf(file)));
  return files
    .flatMap((file, at) => {
      const bytes = sizes[at];
      return bytes === undefined
        ? []
        : [{ path: path.relative(folder, file).split(path.sep).join('/'), bytes }];
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Undefined for a file that went away since it was listed. */
async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function noneIfMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
