import fs from 'node:fs';

/** The kernels that this extension host has started and that still run, by process id. Linux alone tells. */
export function runningKernels(): readonly string[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((processId) => isKernelOfThisHost(processId));
}

function isKernelOfThisHost(processId: string): boolean {
  try {
    const status = fs.readFileSync(`/proc/${processId}/status`, 'utf8');
    const command = fs.readFileSync(`/proc/${processId}/cmdline`, 'utf8');
    return status.includes(`PPid:\t${process.pid}\n`) && command.includes('kernel.cjs');
  } catch (error) {
    // It ended between the listing and the look at it.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
