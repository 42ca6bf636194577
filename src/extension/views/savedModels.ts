import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DefinedModel } from '../../language/catalog.js';
import { definedModels } from '../../language/definedModels.js';
import { readNotebook } from '../../notebook/bytes.js';
import { listNotebookFiles } from '../../project/notebookFiles.js';
import type { Logger } from '../../protocol/logger.js';
import { type Problem, problem } from '../../protocol/problem.js';

/** What a project's notebooks say, as they were saved. */
export interface SavedModels {
  /** A notebook that is no part of the pipeline has none; nor has one that can't be read. */
  readonly byNotebook: ReadonlyMap<string, readonly DefinedModel[]>;
  /** What may hide models: notebooks that can't be read, or that there is none. */
  readonly problems: readonly Problem[];
}

type ReadModels = readonly [models: readonly DefinedModel[], problems: readonly Problem[]];

/**
 * Reads the models of a project's notebooks without the engine: a tree must not cost a process. What can't be
 * read is logged.
 *
 * @param pattern which files are notebooks, as the settings say
 */
export async function readSavedModels(root: string, pattern: string, logger: Logger): Promise<SavedModels> {
  const files = listNotebookFiles(root, pattern);
  const read = await Promise.all(files.map((file) => readModels(root, file, logger)));
  const none = problem('project.no-notebooks', `The pattern ${pattern} matches no notebook.`);
  return {
    byNotebook: new Map(files.map((file, at) => [file, read[at]?.[0] ?? []])),
    problems: files.length === 0 ? [none] : read.flatMap(([, problems]) => problems),
  };
}

async function readModels(root: string, file: string, logger: Logger): Promise<ReadModels> {
  try {
    const { notebook, problems } = readNotebook(await readFile(path.join(root, file)));
    if (notebook === undefined) return [[], problems.map((each) => ({ ...each, place: { notebook: file } }))];
    return [notebook.header.pipeline ? definedModels({ path: file, cells: notebook.cells }) : [], []];
  } catch (error) {
    logger.warn(`${file} can't be read: ${error}`);
    const place = { notebook: file };
    return [[], [problem('notebook.unreadable', 'The system does not give the notebook out.', { place })]];
  }
}
