import { resolve } from 'node:path';
import type { Project } from '../../app/project.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import type { ReadSourceLine } from '../failure.js';
import { interruptible } from '../interrupt.js';
import { withProject } from '../openedProject.js';
import { requireFolderOf, writeOutputFile } from '../outputFile.js';
import { formatCounted } from '../print/number.js';
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
}

/** `ratatouille query`: one SELECT over the published tables. */
export async function query(
  context: CommandContext,
  argument: string | undefined,
  options: QueryCommandOptions,
): Promise<number> {
  const format = options.json ? 'json' : (options.format ?? 'table');
  refuseUseless(format, options);
  if (options.output !== undefined)
    await requireFolderOf(resolve(context.terminal.directory, options.output));
  const sql = await readQueryText(context.terminal, argument, options.file);
  const call = { sql, format, options };
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
  if (call.format === 'parquet') await exportParquet(context, project, call, signal);
  else await printRows(context, project, { ...call, format: call.format }, signal);
  return exitCodes.done;
}

async function exportParquet(
  { terminal, screen }: CommandContext,
  project: Project,
  { sql, options: { output = '' } }: QueryCall,
  signal: AbortSignal,
): Promise<void> {
  const file = resolve(terminal.directory, output);
  const { rows } = await project.exportQuery(sql, { file, format: 'parquet', signal });
  screen.print(`Wrote ${formatCounted(rows, 'row')} to ${output}.`);
}

async function printRows(
  context: CommandContext,
  project: Project,
  { sql, format, options }: QueryCall & { readonly format: PrintedFormat },
  signal: AbortSignal,
): Promise<void> {
  const { terminal, screen, output } = context;
  const limit = effectiveLimit(terminal, format, options);
  const result = await project.query(sql, { signal, ...(Number.isFinite(limit) && { limit }) });
  const style = options.output === undefined ? output.style : plainStyle;
  const { lines, notes } = printResult(result, format, style, options);
  if (options.output === undefined) await output.write(lines);
  else await writeOutputFile(resolve(terminal.directory, options.output), lines);
  for (const note of notes) screen.print(screen.style.colours.dim(note));
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
