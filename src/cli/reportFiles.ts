import { mkdir } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { ProblemError } from '../protocol/problem.js';
import type { CommandContext } from './context.js';
import { exitCodeOf, exitCodes } from './exitCodes.js';
import { writeOutputFile } from './outputFile.js';
import { findOutputTarget, type OutputTarget, refuseProjectFiles } from './outputTarget.js';
import { formatProblem } from './print/problem.js';
import type { ReportedRun } from './reports/reportedRun.js';
import { OutputClosedError } from './resultOutput.js';
import { usageError } from './usage.js';
import { unwritable } from './writeFault.js';

const formats = { '.xml': 'junit', '.md': 'markdown' } as const;
const option = '--report';

/** A file that a run is to be reported in. */
export interface ReportFile {
  /** As the person wrote it. */
  readonly name: string;
  readonly format: (typeof formats)[keyof typeof formats];
}

/** What `--report` asks for; its ending says the format. Throws a ProblemError `cli.usage` for another one. */
export function reportFileOf(name: string): ReportFile {
  const ending = extname(name).toLowerCase();
  if (ending === '.xml' || ending === '.md') return { name, format: formats[ending] };
  throw usageError(
    `${name} is no report that can be written.`,
    'Give --report a file that ends in .xml for JUnit, or in .md for Markdown.',
  );
}

/** The files that one run is to be reported in. */
export class RunReports {
  #isOver = false;

  constructor(
    private readonly context: CommandContext,
    private readonly files: readonly ReportFile[],
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Does the work of a run. What keeps it from beginning is a report too: an older file in its place would look
   * like a success. Throws what the work throws.
   */
  async around(work: (reports: RunReports) => Promise<number>): Promise<number> {
    try {
      return await work(this);
    } catch (error) {
      if (error instanceof ProblemError && !this.#isOver) await this.write({ problems: [error.problem] });
      throw error;
    }
  }

  /** Throws a ProblemError `lake.write-refused` for a file that the project is made of. */
  async refuseProjectFiles(root: string): Promise<void> {
    const { directory } = this.context.terminal;
    this.#isOver = true;
    for (const { name } of this.files)
      await refuseProjectFiles({ name, path: resolve(directory, name), option }, root);
    this.#isOver = false;
  }

  /** Makes missing folders and writes each file that can be written; tells of the others and returns their exit code. */
  async write(run: ReportedRun): Promise<number> {
    const { screen, terminal } = this.context;
    this.#isOver = true;
    let code: number = exitCodes.done;
    for (const file of this.files) {
      try {
        const target = await targetOf(file, terminal.directory);
        await writeOutputFile(target, printed(file, run), this.signal);
      } catch (error) {
        if (error instanceof OutputClosedError) continue;
        if (!(error instanceof ProblemError)) throw error;
        screen.print(formatProblem({ problem: error.problem }, screen.style));
        code = Math.max(code, exitCodeOf([error.problem]));
      }
    }
    return code;
  }
}

async function targetOf({ name }: ReportFile, directory: string): Promise<OutputTarget> {
  try {
    await mkdir(dirname(resolve(directory, name)), { recursive: true });
  } catch (error) {
    throw unwritable(name, error, option);
  }
  return findOutputTarget(name, directory, option);
}

async function* printed({ format }: ReportFile, run: ReportedRun): AsyncGenerator<string> {
  if (format === 'junit') {
    const { formatJunit } = await import('./reports/junit.js');
    yield formatJunit(run);
  } else {
    const { formatRunMarkdown } = await import('./reports/summary.js');
    yield formatRunMarkdown(run);
  }
}
