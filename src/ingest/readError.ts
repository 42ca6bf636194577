import type { EngineError } from '../engine/engine.js';
import type { Problem } from '../protocol/problem.js';
import { blankLinesCount } from './blankLines.js';
import { misfitMark } from './columnType.js';
import type { Contract } from './contractSchema.js';
import { excerpt, fileProblem } from './fileProblem.js';
import { type LocatedRecord, locateRecord } from './locateRecord.js';
import type { HeadedFile } from './read.js';

/** What an error of the engine says of a record that it could not read. */
export interface ReadFailure {
  readonly file: HeadedFile;
  /** The record, counted as `blankLinesCount` says, header included. Absent when the engine names none. */
  readonly record?: { readonly number: number; readonly blankLinesCount: boolean };
  /** The value that does not have its column's type. */
  readonly value?: { readonly column: string; readonly text: string };
  readonly engineText: string;
}

/** Reads an error; undefined when it is not about one of these files. */
export function readFailureOf(
  error: EngineError,
  files: readonly HeadedFile[],
  contract: Contract,
): ReadFailure | undefined {
  return misfitOf(error.message, files, contract) ?? csvErrorOf(error.message, files);
}

/** The error of {@link typedColumns}. */
function misfitOf(
  message: string,
  files: readonly HeadedFile[],
  contract: Contract,
): ReadFailure | undefined {
  const start = message.indexOf(misfitMark);
  const json = start < 0 ? undefined : /^\{.*\}/s.exec(message.slice(start + misfitMark.length))?.[0];
  if (json === undefined) return undefined;
  const misfit = JSON.parse(json) as { file: string; row: number; column: string; value: string };
  const file = files.find(({ path }) => path === misfit.file);
  if (file === undefined) return undefined;
  return {
    file,
    record: {
      number: misfit.row + (contract.header ? 1 : 0),
      blankLinesCount: blankLinesCount(contract, file.header.order.length),
    },
    value: { column: misfit.column, text: misfit.value },
    engineText: message,
  };
}

/**
 * The error of the engine's CSV reader. What it calls a line is the number of the record, with header and
 * blank lines.
 */
function csvErrorOf(message: string, files: readonly HeadedFile[]): ReadFailure | undefined {
  const file = files.find(({ absolute }) => namesFile(message, absolute));
  if (file === undefined) return undefined;
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  return {
    file,
    ...(line !== undefined && { record: { number: Number(line), blankLinesCount: true } }),
    engineText: message,
  };
}

/** The engine names no file when one is not in the encoding it was told, or has other bytes behind its gzip stream. */
export function isOfSomeFile(error: EngineError): boolean {
  return /File is not [\w-]+ encoded|not a GZIP stream/.test(error.message);
}

/** The name has a line of its own, and may have line ends. */
function namesFile(message: string, absolute: string): boolean {
  const slashes = (text: string) => (process.platform === 'win32' ? text.replaceAll('\\', '/') : text);
  return slashes(message).includes(`  file = ${slashes(absolute)}\n`);
}

/** Says what is wrong with a record: file, line, column, text, and what to try. */
export async function describeFailure(
  failure: ReadFailure,
  contract: Contract,
  contractPath: string,
): Promise<Problem> {
  const { file } = failure;
  const located = await locateFailure(failure, contract);
  const { what, hint, cause } = explanation(failure, contract, contractPath);
  const where = located === undefined ? '' : ` on line ${located.line}: ${located.text}`;
  return fileProblem(file.path, `${what}${where}`, {
    line: lineOf(located),
    hint,
    ...(cause !== undefined && { cause }),
  });
}

/** The record that could not be read; undefined when the engine named none or it is gone. */
export async function locateFailure(
  { file, record }: ReadFailure,
  contract: Contract,
): Promise<LocatedRecord | undefined> {
  if (record === undefined) return undefined;
  return locateRecord(file, contract, record.number, record.blankLinesCount);
}

function lineOf(located: LocatedRecord | undefined): number | undefined {
  return located?.line;
}

function explanation(
  failure: ReadFailure,
  contract: Contract,
  contractPath: string,
): { what: string; hint: string; cause?: string } {
  const { value, engineText } = failure;
  if (value !== undefined) {
    const type = contract.columns.find(({ name }) => name === value.column)?.type;
    return {
      what: `has the ${value.column} "${excerpt(value.text)}", which is no ${type}`,
      hint: `Correct the value, or change the type in ${contractPath}; VARCHAR takes every text.`,
    };
  }
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(engineText) ?? [];
  if (expected !== undefined) {
    return {
      what: `has ${found} ${found === '1' ? 'field' : 'fields'} where ${expected} belong`,
      hint: 'Correct the line; a value that holds the delimiter has to be quoted.',
    };
  }
  if (engineText.includes('unterminated quote')) {
    return {
      what: 'has a quote that does not close where its value ends',
      hint: 'Write a quote inside a quoted value twice; close every quote.',
    };
  }
  if (engineText.includes('Maximum line size')) {
    return {
      what: 'has a record of more than 16 MiB',
      hint: 'Is there a quote that is closed much too late?',
    };
  }
  if (engineText.includes('invalid state')) {
    return {
      what: 'has mixed line ends, or a carriage return in a value that is not quoted',
      hint: 'Save it with one kind of line end.',
    };
  }
  return { what: 'can not be read', hint: `Compare it with ${contractPath}.`, cause: firstLine(engineText) };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
