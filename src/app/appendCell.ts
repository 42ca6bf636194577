import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appendCell } from '../notebook/append.js';
import { readNotebook } from '../notebook/bytes.js';
import type { Cell } from '../notebook/notebook.js';
import { ProblemError, problem } from '../protocol/problem.js';

/**
 * Adds a SQL cell at the end of a notebook's file, which is made when it is missing and replaced whole or not
 * at all. `notebook` is relative to the project. Throws a ProblemError `notebook.unreadable`.
 */
export async function appendCellToFile(root: string, notebook: string, text: string): Promise<void> {
  const file = join(root, notebook);
  const bytes = await readIfThere(file);
  const { notebook: read, problems } = readNotebook(bytes);
  if (read === undefined) {
    const [first] = problems;
    const fault = first ?? problem('notebook.unreadable', 'The notebook can not be read.');
    throw new ProblemError({ ...fault, place: { ...fault.place, file: notebook } });
  }
  const cell: Cell = { kind: 'code', text, metadata: {} };
  const temporary = `${file}.${randomUUID()}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(temporary, appendCell(bytes.toString('utf8'), read, cell));
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readIfThere(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
