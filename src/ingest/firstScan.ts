import type { Contract } from './contractSchema.js';
import { stampOf } from './fileKnowledge.js';
import { sampledBytes } from './firstLook.js';
import { readHeader } from './header.js';
import type { LandingFile } from './landingFiles.js';
import { scanStrictly } from './scanFile.js';

/**
 * Scans files by the contract proposed for them before it is written, so that none is left behind for files
 * that can not be read. Of more than the first look samples, the run itself finds what is wrong: reading them
 * twice would take too long. Throws a ProblemError `landing.file`.
 */
export async function scanProposed(
  files: readonly LandingFile[],
  contract: Contract,
  contractPath: string,
  signal?: AbortSignal,
): Promise<void> {
  const bytes = files.reduce((sum, { absolute }) => sum + stampOf(absolute).bytes, 0);
  if (bytes > sampledBytes) return;
  for (const file of files) {
    const header = await readHeader(file, contract, contractPath);
    await scanStrictly(file, contract, header, signal);
  }
}
