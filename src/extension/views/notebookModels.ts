import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readNotebook } from '../../notebook/bytes.js';
import { cellStatements } from '../../notebook/statements.js';
import { listNotebookFiles } from '../../project/notebookFiles.js';
import type { Layer } from '../../protocol/layer.js';

/** A table that a saved notebook builds. */
export interface NotebookModel {
  readonly name: string;
  readonly layer: Layer;
  readonly table: string;
  readonly form: 'table' | 'view';
  readonly select: string;
  readonly notebook: string;
  readonly description?: string;
}

/**
 * The models of a project's saved notebooks, without the engine: a tree must not cost a process. Notebooks
 * that can't be read, and those that are no part of the pipeline, have none.
 */
export async function readNotebookModels(root: string, pattern: string): Promise<readonly NotebookModel[]> {
  const files = listNotebookFiles(root, pattern);
  const models = await Promise.all(
    files.map(async (file) => modelsOf(file, await readFile(path.join(root, file)))),
  );
  return models.flat();
}

function modelsOf(file: string, bytes: Uint8Array): readonly NotebookModel[] {
  const { notebook } = readNotebook(bytes);
  if (notebook === undefined || !notebook.header.pipeline) return [];
  return notebook.cells
    .filter(({ kind }) => kind === 'code')
    .flatMap(({ text }) => cellModels(text).map((model) => ({ ...model, notebook: file })));
}

/** The models that the text of one cell builds. */
export function cellModels(text: string): readonly Omit<NotebookModel, 'notebook'>[] {
  return cellStatements(text).statements.flatMap(({ kind, declarations }) => {
    if (kind.kind !== 'model') return [];
    const { layer, name: table } = kind.target;
    const description = declarations.description?.value;
    return [
      {
        name: `${layer}.${table}`,
        layer,
        table,
        form: kind.form,
        select: kind.select.text,
        ...(description === undefined ? {} : { description }),
      },
    ];
  });
}
