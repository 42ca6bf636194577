import type { Project, QueryBlocks } from '../../app/project.js';
import { formatQuantity } from '../../protocol/wording.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import type { ReadSourceLine } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { makeOutputFile, writeOutputFile } from '../outputFile.js';
import { findOutputTarget, type OutputTarget, refuseProjectFiles } from '../outputTarget.js';
import type { PrintedFormat, QueryFormat } from '../queryFormats.js';
import { printResult } from '../queryResult.js';
import { readQueryText } from '../queryText.js';
import { plainStyle } from '../style.js';
import type { Terminal } from '../terminal.js';
import { usageError } from '../usage.js';

export interface QueryCommandOptions {
  readonly file?: string;
  readonly format?: QueryFormat;
  readonly json?: boolean;
  readonly limit?: number;
  readonly output?: string;
  readonly x?: string;
  readonly y?: string;
  readonly project?: string;
}

/** How many rows a terminal gets unasked. */
const terminalRows = 40;

/** What was asked, read from the call. */
interface QueryCall {
  readonly sql: string;
  readonly format: QueryFormat;
  readonly options: QueryCommandOptions;
  /** Absent: standard output. */
  readonly target?: OutputTarget;
}

/** `ratatouille query`: one SELECT over the published tables. */
export async function query(
  context: CommandContext,
  argument: string | undefined,
  options: QueryCommandOptions,
): Promise<number> {
  const format = options.json ? 'json' : (options.format ?? 'table');
  refuseUseless(format, options);
  const { output } = options;
  const target =
    output === undefined ? undefined : await findOutputTarget(output, context.terminal.directory);
  const sql = await readQueryText(context.terminal, argument, options.file);
  const call = { sql, format, options, ...(target !== undefined && { target }) };
  return interruptible(context, (signal) =>
    withProject(
      context,
      options,
      (project) => answer(context, project, call, signal),
      (project) => queryLine(sql, project),
    ),
  );
}

/** An option that would do nothing is a misunderstanding. */
function refuseUseless(format: QueryFormat, { limit, output, x, y }: QueryCommandOptions): void {
  if (format !== 'chart' && (x !== undefined || y !== undefined)) {
    throw usageError('--x and --y name the columns of a chart.', 'Add --format chart.');
  }
  if (format !== 'parquet') return;
  if (output === undefined) {
    throw usageError('Parquet is not for a terminal.', 'Say where it goes: --output result.parquet.');
  }
  if (limit !== undefined) {
    throw usageError('--limit is about printed rows.', 'Write a LIMIT in the query.');
  }
}

async function answer(
  context: CommandContext,
  project: Project,
  call: QueryCall,
  signal: AbortSignal,
): Promise<number> {
  const { format, target } = call;
  if (target !== undefined) await refuseProjectFiles(target, project.root);
  if (format !== 'parquet') await printRows(context, project, { ...call, format }, signal);
  else if (target !== undefined) await exportParquet(context, project, { sql: call.sql, target }, signal);
  return exitCodes.done;
}

async function exportParquet(
  { screen }: CommandContext,
  project: Project,
  { sql, target }: { readonly sql: string; readonly target: OutputTarget },
  signal: AbortSignal,
): Promise<void> {
  const make = (file: string) => project.exportQuery(sql, { file, format: 'parquet', signal });
  const { rows } = await makeOutputFile(target, make, signal);
  screen.print(written(rows, target));
}

function written(rows: number, { name }: OutputTarget): string {
  return `Wrote ${formatQuantity(rows, 'row')} to ${name}.`;
}

async function printRows(
  context: CommandContext,
  project: Project,
  { sql, format, options, target }: QueryCall & { readonly format: PrintedFormat },
  signal: AbortSignal,
): Promise<void> {
  const { terminal, screen, output } = context;
  const limit = effectiveLimit(terminal, format, options);
  const style = target === undefined ? output.style : plainStyle;
  const print = async (result: QueryBlocks) => {
    const { text, notes, count } = await printResult(result, format, style, options);
    if (target === undefined) {
      await output.write(text);
      if (count !== undefined) screen.print(screen.style.colours.dim(count));
    } else {
      await writeOutputFile(target, text, signal);
      screen.print(written(result.count, target));
    }
    for (const note of notes) screen.print(screen.style.colours.dim(note));
  };
  await project.readQuery(sql, { signal, ...(Number.isFinite(limit) && { limit }) }, print);
}

function effectiveLimit(
  terminal: Terminal,
  format: PrintedFormat,
  { limit, output }: QueryCommandOptions,
): number {
  if (limit !== undefined) return limit;
  const isForEyes = format === 'table' || format === 'chart' || format === 'markdown';
  return isForEyes && terminal.stdout.isTTY === true && output === undefined
    ? terminalRows
    : Number.POSITIVE_INFINITY;
}

/** A place without a file counts in the query's own text. */
function queryLine(sql: string, project: Project): ReadSourceLine {
  return async (place) => {
    if (place.notebook !== undefined || place.file !== undefined) return project.sourceLine(place);
    return place.line === undefined ? undefined : sql.split(/\r?\n/)[place.line - 1];
  };
}
