import { scanCancelled } from '../fileBytes.js';
import { lookAtHeader } from '../header.js';
import type { LandingFile } from '../landingFiles.js';
import type { HeadedFile } from '../read.js';
import { driftError } from './driftProblem.js';
import { driftReport } from './driftReport.js';
import type { FileDrift, NamedContract } from './fileDrift.js';

/**
 * The files with their headers. Throws a ProblemError `landing.drift` that tells of every file that differs, and
 * `landing.file` for one that has no header.
 */
export async function readHeaders(
  files: readonly LandingFile[],
  named: NamedContract,
  signal?: AbortSignal,
): Promise<readonly HeadedFile[]> {
  const { headed, drifts } = await compareHeaders(files, named, signal);
  if (drifts.length > 0) throw driftError(driftReport(named, drifts, files.length));
  return headed;
}

/** As {@link readHeaders}, with the files that differ apart. */
export async function compareHeaders(
  files: readonly LandingFile[],
  { contract, path }: NamedContract,
  signal?: AbortSignal,
): Promise<{ readonly headed: readonly HeadedFile[]; readonly drifts: readonly FileDrift[] }> {
  const headed: HeadedFile[] = [];
  const drifts: FileDrift[] = [];
  for (const file of files) {
    if (signal?.aborted) throw scanCancelled(signal.reason);
    const look = await lookAtHeader(file, contract, path);
    if ('drift' in look) drifts.push(look.drift);
    else headed.push({ ...file, header: look.header });
  }
  return { headed, drifts };
}
