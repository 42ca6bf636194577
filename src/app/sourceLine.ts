import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNotebook } from '../notebook/parse.js';
import type { Place } from '../protocol/problem.js';

/** The line that a place points at; undefined for one without a line, and where the file is gone. */
export async function sourceLine(root: string, place: Place): Promise<string | undefined> {
  const file = place.notebook ?? place.file;
  if (file === undefined || place.line === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(join(root, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const within = place.cell === undefined ? text : parseNotebook(text).notebook?.cells[place.cell - 1]?.text;
  return within?.split(/\r\n|\n/)[place.line - 1];
}
