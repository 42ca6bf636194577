import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DefinedModel } from '../../language/catalog.js';
import { definedModels } from '../../language/definedModels.js';
import { readNotebook } from '../../notebook/bytes.js';
import { listNotebookFiles } from '../../project/notebookFiles.js';
import type { Logger } from '../../protocol/logger.js';

/**
 * The models of a project's saved notebooks, by notebook, without the engine: a tree must not cost a process.
 * A notebook that is no part of the pipeline has none; nor has one that can't be read, which is logged.
 *
 * @param pattern which files are notebooks, as the settings say
 */
export async function readSavedModels(
  root: string,
  pattern: string,
  logger: Logger,
): Promise<ReadonlyMap<string, readonly DefinedModel[]>> {
  const files = listNotebookFiles(root, pattern);
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readModels(root, file, logger)] as const)),
  );
}

async function readModels(root: string, file: string, logger: Logger): Promise<readonly DefinedModel[]> {
  try {
    const { notebook } = readNotebook(await readFile(path.join(root, file)));
    if (notebook === undefined || !notebook.header.pipeline) return [];
    return definedModels({ path: file, cells: notebook.cells });
  } catch (error) {
    logger.warn(`${file} can't be read: ${error}`);
    return [];
  }
}
