import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNotebook } from '../notebook/bytes.js';
import { cellStatements } from '../notebook/statements.js';
import { listNotebookFiles } from '../project/notebookFiles.js';
import type { NotebookOnScreen } from '../protocol/kernel.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { NotebookMemory } from './notebookMemory.js';
import type { ReadNotebook, SourceCell, SourceNotebook } from './sourceNotebook.js';

export interface SourceNotebooks {
  readonly notebooks: readonly SourceNotebook[];
  /** Notebooks that can't be read; they never keep another from being run. */
  readonly problems: readonly Problem[];
}

/** Reads all notebooks of the pipeline; `onScreen` stands for the file of the same path. */
export function readNotebooks(
  memory: NotebookMemory,
  root: string,
  pattern: string,
  onScreen: NotebookOnScreen | undefined,
): SourceNotebooks {
  const listed = listNotebookFiles(root, pattern);
  const paths =
    onScreen === undefined || listed.includes(onScreen.path) ? listed : [...listed, onScreen.path];
  const read = paths.map((path) =>
    path === onScreen?.path
      ? notebookOnScreen(onScreen, listed.includes(path))
      : notebookFile(memory, root, path),
  );
  memory.keepOnly(listed);
  return {
    notebooks: read.flatMap(({ notebook }) => notebook ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function notebookFile(memory: NotebookMemory, root: string, path: string): ReadNotebook {
  let content: Uint8Array;
  try {
    content = readFileSync(join(root, path));
  } catch (error) {
    return { problems: [unopened(path, error as NodeJS.ErrnoException)] };
  }
  return memory.recall(path, content, () => notebookOf(path, content));
}

function notebookOf(path: string, content: Uint8Array): ReadNotebook {
  const { notebook, problems } = readNotebook(content);
  const placed = problems.map((each) => ({ ...each, place: { ...each.place, notebook: path } }));
  if (notebook === undefined) return { problems: placed };
  const { pipeline } = notebook.header;
  return { notebook: { path, pipeline, cells: sourceCells(path, notebook.cells) }, problems: placed };
}

function unopened(path: string, { code, message }: NodeJS.ErrnoException): Problem {
  return problem('notebook.unreadable', `The system does not give the notebook out: ${code ?? message}.`, {
    hint: 'See whether the file is there and may be read. The other notebooks run without it.',
    place: { notebook: path },
  });
}

function notebookOnScreen({ path, cells, pipeline }: NotebookOnScreen, listed: boolean): ReadNotebook {
  return {
    notebook: { path, pipeline: pipeline !== false && listed, cells: sourceCells(path, cells) },
    problems: [],
  };
}

function sourceCells(notebook: string, cells: NotebookOnScreen['cells']): readonly SourceCell[] {
  return cells.flatMap(({ kind, text }, index) => {
    if (kind !== 'code') return [];
    const cell = index + 1;
    return [{ notebook, cell, text, ...cellStatements(text, { notebook, cell }) }];
  });
}
