import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseContract } from '../ingest/contract.js';
import { readNotebook } from '../notebook/bytes.js';
import { listNotebookFiles } from '../project/notebookFiles.js';
import type { Finding } from '../protocol/doctor.js';
import { type Problem, ProblemError } from '../protocol/problem.js';

/** The notebooks that can't be read. */
export function examineNotebooks(root: string, pattern: string): readonly Finding[] {
  return listNotebookFiles(root, pattern).flatMap((path) =>
    explained('notebook', path, () => {
      const { problems } = readNotebook(readFileSync(join(root, path)));
      return problems.filter(({ severity }) => severity === 'error');
    }),
  );
}

/** The contracts that can't be read. */
export function examineContracts(root: string): readonly Finding[] {
  return contractFiles(root).flatMap((path) =>
    explained('contract', path, () => {
      parseContract(readFileSync(join(root, path), 'utf8'), path);
      return [];
    }),
  );
}

const meanings: Readonly<Record<'notebook' | 'contract', string>> = {
  notebook: 'Its models are not built; what they built stays readable.',
  contract: 'What reads its files is not built; what was built stays readable.',
};

function explained(
  kind: 'notebook' | 'contract',
  path: string,
  read: () => readonly Problem[],
): readonly Finding[] {
  return problemsOf(read).map(({ message, hint, place }) => ({
    kind,
    weight: 'fault',
    message: `${path}: ${message}`,
    meaning: meanings[kind],
    place: { file: path, ...(place?.line === undefined ? {} : { line: place.line }) },
    ...(hint === undefined ? {} : { hint }),
  }));
}

function problemsOf(read: () => readonly Problem[]): readonly Pick<Problem, 'message' | 'hint' | 'place'>[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProblemError) return [error.problem];
    if (isSystemFault(error)) return [{ message: `the system does not give it out: ${error.message}.` }];
    throw error;
  }
}

function isSystemFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function contractFiles(root: string): readonly string[] {
  try {
    const names = readdirSync(join(root, 'contracts')).filter(
      (name) => name.endsWith('.json') && !name.startsWith('.'),
    );
    return names.sort().map((name) => `contracts/${name}`);
  } catch (error) {
    if (isSystemFault(error) && ['ENOENT', 'ENOTDIR'].includes(error.code ?? '')) return [];
    throw error;
  }
}
