import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { ProblemCode } from '../../protocol/problemCodes.js';
import { isSystemError } from '../systemError.js';

const saveAsCsv =
  'Open it, show the sheet you want, choose “Save as” and the type CSV UTF-8, then add that file.';

/** Endings of files that people have in mind when they speak of data, and what to do with each. */
const otherKinds: readonly (readonly [endings: RegExp, what: string, hint: string])[] = [
  [/\.(xlsx|xlsm|xlsb|xls)$/i, 'is an Excel file', saveAsCsv],
  [/\.(ods|fods|numbers)$/i, 'is a spreadsheet', saveAsCsv],
  [
    /\.(parquet|json|ndjson|jsonl)$/i,
    'is no CSV file',
    'Read it in a cell: SELECT * FROM ‹its path in quotes›.',
  ],
  [/\.(zip|7z|rar|tar|tgz)$/i, 'is an archive', 'Unpack it and add the CSV files that are in it.'],
];
const readable = /\.(csv|tsv|txt|csv\.gz|tsv\.gz)$/i;

/**
 * Makes sure that a file from outside is one that can be looked at, and returns its size in bytes. Throws a
 * ProblemError `data.missing`, `data.folder`, `data.format`, `data.empty` or `data.unreadable`.
 */
export async function requireDataFile(file: string): Promise<number> {
  const found = await statOf(file);
  const name = basename(file);
  if (found.isDirectory())
    throw refusal('data.folder', `${name} is a folder.`, 'Add the files in it one by one.');
  const kind = otherKinds.find(([endings]) => endings.test(name));
  if (kind !== undefined) throw refusal('data.format', `${name} ${kind[1]}.`, kind[2]);
  if (!readable.test(name)) {
    throw refusal(
      'data.format',
      `${name} does not have the name of a CSV file.`,
      'If it holds a table as text, rename it so that it ends in .csv, then add it.',
    );
  }
  if (!found.isFile()) throw refusal('data.format', `${name} is no ordinary file.`, 'Add a copy of it.');
  if (found.size === 0) {
    throw refusal('data.empty', `${name} is empty: it has 0 bytes.`, 'Export or download it again.');
  }
  return found.size;
}

async function statOf(file: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ENOTDIR')) {
      throw refusal('data.missing', `There is no file ${file}.`, 'Look at the spelling of its path.', error);
    }
    throw notReadable(file, error);
  }
}

/** The system does not let this program read the file. */
export function notReadable(file: string, cause: unknown): ProblemError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ProblemError(
    problem('data.unreadable', `${basename(file)} can't be read.`, {
      hint: 'Close the program that has it open, or copy it to a folder of your own, then add the copy.',
      cause: reason,
    }),
    { cause },
  );
}

function refusal(code: ProblemCode, message: string, hint: string, cause?: unknown): ProblemError {
  return new ProblemError(problem(code, message, { hint }), { cause });
}
