import { resolve } from 'node:path';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { interruptible } from '../interrupt.js';
import { formatDoctor } from '../print/doctor.js';
import { screenLogger } from '../screenLogger.js';

export interface DoctorCommandOptions {
  readonly project?: string;
  readonly repair?: boolean;
  readonly quick?: boolean;
}

/** `ratatouille doctor`: says what is wrong with a project, and mends what can be mended. */
export function doctor(context: CommandContext, options: DoctorCommandOptions): Promise<number> {
  return interruptible(context, async (signal) => {
    const { terminal, parts, screen, output, json } = context;
    const { project = '.', repair = false, quick = false } = options;
    const report = await parts.examineProject({
      directory: resolve(terminal.directory, project),
      repair,
      quick,
      signal,
      logger: screenLogger(context),
      onWaiting: (holder) => screen.print(`Waiting for ${holder} to end.`),
    });
    if (json) await output.printJson(report);
    else await output.print(formatDoctor(report, output.style));
    return report.findings.some(({ weight }) => weight === 'fault') ? exitCodes.failed : exitCodes.done;
  });
}
