import { basename } from 'node:path';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { Contract } from '../contractSchema.js';
import { excerpt, shownPath } from '../fileProblem.js';
import { proposeContract } from '../firstLook.js';
import { readHeader } from '../header.js';
import type { HeadedFile } from '../read.js';
import { requireDataFile } from './kind.js';
import { type IncomingNames, incomingNames } from './names.js';

/** A file outside the project, and what it would become. */
export interface IncomingFile extends IncomingNames {
  /** Where it is; absolute. */
  readonly file: string;
  readonly bytes: number;
  readonly contract: Contract;
  readonly headed: HeadedFile;
}

/**
 * Looks at the beginning of a file as the first look at a landing does. Throws a ProblemError `data.…` for
 * what is no table that can be read in one way only: nothing is guessed.
 */
export async function lookAtIncoming(file: string, wish?: string): Promise<IncomingFile> {
  const bytes = await requireDataFile(file);
  const names = incomingNames(file, wish);
  return aboutIncoming(file, names.landingPath, async () => {
    const landingFile = { path: names.landingPath, absolute: file };
    const contract = await proposeContract(names.pattern, [landingFile]);
    if (contract.columns.length === 1) throw oneColumn(file, contract.columns[0]?.name ?? '');
    const header = await readHeader(landingFile, contract, 'its contract');
    return { ...names, file, bytes, contract, headed: { ...landingFile, header } };
  });
}

/** Does work on a file that is not in landing yet: its problems speak of the file as the person knows it. */
export async function aboutIncoming<T>(
  file: string,
  landingPath: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'landing.file') throw error;
    throw reworded(error, basename(file), landingPath);
  }
}

function reworded(error: ProblemError, name: string, landingPath: string): ProblemError {
  const { message, hint = 'Correct the file', place, cause } = error.problem;
  const { line } = place ?? {};
  return new ProblemError(
    problem('data.unclear', message.replace(shownPath(landingPath), name), {
      hint: hint.replace('put that file into data/landing', 'add that file'),
      place: { file: name, ...(line !== undefined && { line }) },
      ...(cause !== undefined && { cause }),
    }),
    { cause: error },
  );
}

function oneColumn(file: string, column: string): ProblemError {
  return new ProblemError(
    problem('data.one-column', `${basename(file)} would become a single column, “${excerpt(column)}”.`, {
      hint:
        'A table has values separated by commas, semicolons, tabs or |. Open the file in a spreadsheet and save it as CSV UTF-8, ' +
        'then add that. If it really is one column, copy it into data/landing and read it by landing() in a cell.',
    }),
  );
}
