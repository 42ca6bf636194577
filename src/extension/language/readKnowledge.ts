import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openLake } from '../../lake/lake.js';
import type { Manifest } from '../../lake/manifest.js';
import { parseTableName } from '../../lake/tableName.js';
import type { DefinedModel } from '../../language/catalog.js';
import { definedModels } from '../../language/definedModels.js';
import { readNotebook } from '../../notebook/bytes.js';
import { listNotebookFiles } from '../../project/notebookFiles.js';
import { readSettings } from '../../project/settings.js';
import type { LandingFileStatus } from '../../protocol/status.js';
import { readLanding } from '../views/readProject.js';

/** What the disk says of a project, read once until something changes. */
export interface DiskKnowledge {
  readonly manifest: Manifest;
  readonly landing: readonly LandingFileStatus[];
  /** The models of the pipeline's notebooks as they were saved, by notebook. */
  readonly saved: ReadonlyMap<string, readonly DefinedModel[]>;
  /** What outsiders read of a stored table, relative to the project. */
  readonly plainPath: (entry: Manifest['tables'][string]) => string;
}

/** Reads a project without its engine. Throws ProblemErrors of the settings and of the lake. */
export async function readKnowledge(root: string): Promise<DiskKnowledge> {
  const { notebooks, environment } = readSettings(root);
  const { layout, ...lake } = openLake({ root, environment });
  const [manifest, landing, saved] = await Promise.all([
    lake.manifest(),
    readLanding(layout.landing),
    Promise.all(listNotebookFiles(root, notebooks).map((file) => readModels(root, file))),
  ]);
  return {
    manifest,
    landing,
    saved: new Map(saved),
    plainPath: ({ name, version }) => layout.plainPath(parseTableName(name), version.plain ?? 'file'),
  };
}

/** A notebook that can't be read, or is no part of the pipeline, builds nothing. */
async function readModels(root: string, file: string): Promise<[string, readonly DefinedModel[]]> {
  const { notebook } = readNotebook(await readFile(path.join(root, file)));
  if (notebook === undefined || !notebook.header.pipeline) return [file, []];
  return [file, definedModels({ path: file, cells: notebook.cells })];
}
