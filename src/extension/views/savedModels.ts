import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DefinedModel } from '../../language/catalog.js';
import { definedModels } from '../../language/definedModels.js';
import { readNotebook } from '../../notebook/bytes.js';
import { listNotebookFiles } from '../../project/notebookFiles.js';

/**
 * The models of a project's saved notebooks, by notebook, without the engine: a tree must not cost a process.
 * A notebook that can't be read, or is no part of the pipeline, has none.
 *
 * @param pattern which files are notebooks, as the settings say
 */
export async function readSavedModels(
  root: string,
  pattern: string,
): Promise<ReadonlyMap<string, readonly DefinedModel[]>> {
  const files = listNotebookFiles(root, pattern);
  return new Map(await Promise.all(files.map((file) => readModels(root, file))));
}

async function readModels(root: string, file: string): Promise<[string, readonly DefinedModel[]]> {
  const { notebook } = readNotebook(await readFile(path.join(root, file)));
  if (notebook === undefined || !notebook.header.pipeline) return [file, []];
  return [file, definedModels({ path: file, cells: notebook.cells })];
}
