import { resolve } from 'node:path';
import { formatBytes, formatCount, formatQuantity } from '../../protocol/wording.js';
import { truthFileOf } from '../../scaffold/sampleData/landingSet.js';
import type { Truth } from '../../scaffold/sampleData/truth.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { formatRowProgress } from '../print/progressBar.js';
import type { Screen } from '../screen.js';

export interface GenerateOptions {
  readonly rows: number;
  readonly seed: number;
  readonly days?: number;
  readonly output?: string;
  readonly overwrite?: boolean;
  readonly project?: string;
}

const redrawEveryMs = 100;

/** `ratatouille generate`: sample receipts of a chain of shops, as many as wanted. */
export function generate(context: CommandContext, options: GenerateOptions): Promise<number> {
  return interruptible(context, async (signal) => {
    const { output } = options;
    if (output !== undefined) {
      return generateInto(context, options, resolve(context.terminal.directory, output), signal);
    }
    return withProject(context, options, (project) =>
      generateInto(context, options, project.landingDirectory, signal),
    );
  });
}

async function generateInto(
  context: CommandContext,
  options: GenerateOptions,
  directory: string,
  signal: AbortSignal,
): Promise<number> {
  const { rows, seed, days, overwrite = false } = options;
  const truth = await showProgress(context.screen, (onProgress) =>
    context.parts.generateSampleData({
      directory,
      rows,
      seed,
      overwrite,
      signal,
      onProgress,
      ...(days !== undefined && { days }),
    }),
  );
  if (context.json) await context.output.printJson(truth);
  else await context.output.print(summary(truth, directory));
  return exitCodes.done;
}

type OnProgress = (progress: { readonly rows: number; readonly totalRows: number }) => void;

async function showProgress<Result>(
  screen: Screen,
  work: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  if (!screen.canBeLive) return work(() => {});
  await screen.startLive();
  const startedAt = Date.now();
  let drawnAt = 0;
  try {
    return await work(({ rows, totalRows }) => {
      const now = Date.now();
      if (now - drawnAt < redrawEveryMs) return;
      drawnAt = now;
      screen.draw([formatRowProgress(rows, totalRows, now - startedAt, screen.style)]);
    });
  } finally {
    screen.endLive();
  }
}

function summary({ files, sales }: Truth, directory: string): string {
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  const size = `${formatQuantity(files.length, 'file')}, ${formatBytes(bytes)}`;
  return (
    `Wrote ${formatQuantity(sales.rows, 'row')} of sales (${size}) to ${directory}\n` +
    faults(sales.rows - sales.clean, truthFileOf(directory))
  );
}

function faults(dirty: number, truthFile: string): string {
  if (dirty === 0) return 'None of them has a fault; real tills are not that good.';
  const have = dirty === 1 ? 'has' : 'have';
  return `${formatCount(dirty)} of them ${have} a fault, as real tills do; ${truthFile} counts each kind.`;
}
