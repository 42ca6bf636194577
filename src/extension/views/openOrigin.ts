import path from 'node:path';
import * as vscode from 'vscode';
import { ProblemError, problem } from '../../protocol/problem.js';
import { openLine } from '../inspection/openLine.js';
import type { RowOrigin } from '../preview/rowOrigin.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';

/** Opens the file of landing that a row was read from, at its line, beside what is shown. */
export async function openOrigin({ kernels, preview }: Services, origin: RowOrigin): Promise<void> {
  const root = requireCurrentProject();
  const file = await originFile(root, origin.path);
  const { line } = 'line' in origin ? origin : await kernels.reader(root).request('locate row', origin, {});
  if (line === undefined) throw gone(origin.path, 'It has no such record any more.');
  if (/\.gz$/i.test(origin.path))
    throw gone(origin.path, `It is compressed: unpack it and look at line ${line}.`);
  await openLine(file, line, preview.column);
}

/** Rows are what somebody else wrote: their path must not lead out of landing. */
async function originFile(root: string, relative: string): Promise<vscode.Uri> {
  const { isLandingFile, landingFolder } = await import('./readProject.js');
  const file = path.resolve(landingFolder(root), relative);
  if (!isLandingFile(root, file)) throw gone(relative, 'It is not in data/landing.');
  return vscode.Uri.file(file);
}

function gone(name: string, why: string): ProblemError {
  return new ProblemError(problem('landing.path', `${name} can't be opened at that row. ${why}`));
}
