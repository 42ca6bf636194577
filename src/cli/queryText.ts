import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Terminal } from './terminal.js';
import { usageError } from './usage.js';
import { systemReason } from './writeFault.js';

const howToGiveOne = 'Write it in quotes, give its file by --file, or - to read it from standard input.';

/**
 * The SQL of a call: its argument, the text of `--file`, or standard input for `-`.
 * Throws a ProblemError `cli.usage` when there is none, more than one, or the file can't be read.
 */
export async function readQueryText(
  terminal: Pick<Terminal, 'directory' | 'stdin'>,
  argument: string | undefined,
  file: string | undefined,
): Promise<string> {
  if (argument !== undefined && file !== undefined) {
    throw usageError('There are two queries: the argument and --file.', 'Give one of them.');
  }
  if (argument === undefined && file === undefined) throw usageError('There is no query.', howToGiveOne);
  const text =
    file === undefined ? await argumentText(terminal, argument ?? '') : await fileText(terminal, file);
  const sql = text.replace(/^\ufeff/, '');
  if (sql.trim() === '') throw usageError('The query is empty.', howToGiveOne);
  return sql;
}

async function argumentText({ stdin }: Pick<Terminal, 'stdin'>, argument: string): Promise<string> {
  if (argument !== '-') return argument;
  const pieces: Buffer[] = [];
  for await (const piece of stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}

async function fileText({ directory }: Pick<Terminal, 'directory'>, file: string): Promise<string> {
  try {
    return await readFile(resolve(directory, file), 'utf8');
  } catch (error) {
    throw usageError(`${file} can't be read: ${systemReason(error)}.`, 'Give --file a file with one query.');
  }
}
