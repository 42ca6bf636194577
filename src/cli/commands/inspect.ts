import { resolve } from 'node:path';
import type { FileInspection } from '../../protocol/inspection.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { interruptible } from '../interrupt.js';
import { formatInspection } from '../print/inspection.js';
import { formatBeginning, inspectionLines } from '../print/inspectionProgress.js';

export interface InspectCommandOptions {
  /** `auto`: the one that the file is under. */
  readonly contract: string;
  readonly project?: string;
}

const redrawEveryMs = 100;
/** Most files are read before anybody could look at a bar. */
const silentMs = 400;
const usualRows = 24;

/** `ratatouille inspect`: tells what is in a file, and whether it reads as it is. */
export function inspect(
  context: CommandContext,
  file: string,
  options: InspectCommandOptions,
): Promise<number> {
  return interruptible(context, async (signal) => {
    const inspection = await follow(context, file, options, signal);
    if (context.json) await context.output.printJson(inspection);
    else await context.output.print(formatInspection(inspection, context.output.style));
    return inspection.readsWell ? exitCodes.done : exitCodes.failed;
  });
}

/** Shows what the beginning says while the rest is read. */
async function follow(
  context: CommandContext,
  file: string,
  { contract, project = '.' }: InspectCommandOptions,
  signal: AbortSignal,
): Promise<FileInspection> {
  const { terminal, parts, screen } = context;
  const { directory } = terminal;
  const startedAt = Date.now();
  let beginning: FileInspection | undefined;
  let read = { readBytes: 0, bytes: 0 };
  const work = () =>
    parts.inspectFile({
      file: resolve(directory, file),
      shownAs: file,
      directory: resolve(directory, project),
      ...(contract !== 'auto' && { contract: { file: resolve(directory, contract), shownAs: contract } }),
      signal,
      onBeginning: (inspection) => {
        beginning = inspection;
        if (!screen.canBeLive) screen.print(formatBeginning(inspection));
      },
      onProgress: (readBytes, bytes) => {
        read = { readBytes, bytes };
      },
    });
  if (!screen.canBeLive) return work();
  await screen.startLive();
  const redraw = setInterval(() => {
    const progress = { ...read, elapsedMs: Date.now() - startedAt };
    const isShort = beginning === undefined && progress.elapsedMs < silentMs;
    if (isShort || read.bytes === 0) return;
    screen.draw(inspectionLines(beginning, progress, terminal.stderr.rows ?? usualRows, screen.style));
  }, redrawEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(redraw);
    screen.endLive();
  }
}
