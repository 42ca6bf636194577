import { createHash } from 'node:crypto';
import { type Problem, ProblemError } from '../protocol/problem.js';
import { blankLinesCount } from './blankLines.js';
import type { Contract } from './contractSchema.js';
import { readChunks } from './fileBytes.js';
import { fileError, fileProblem } from './fileProblem.js';
import { type FileHeader, longestRecord } from './header.js';
import { HeaderSearch } from './headerAgain.js';
import type { LandingFile } from './landingFiles.js';
import { type RecordCount, RecordScanner } from './recordScanner.js';
import { TextGate } from './textGate.js';

/** What is known of a file that passed every gate. */
export interface FileScan {
  /** Of the bytes on disk. */
  readonly sha256: string;
  /** Without the header. */
  readonly records: number;
  /**
   * The first record found that does not fit and that the engine may take without a word: the header again, empty fields beyond the last column, a value
   * whose quotes open twice, more than 16 MiB. There may be others.
   */
  readonly misshapen?: Problem;
}

/**
 * Reads a file once, beside the engine and without it: hashes it, counts its records, and stops what would
 * fool both a count and the engine. Throws a ProblemError `landing.file` for a compressed file that is cut or
 * damaged, an end inside a quote, mixed line ends, NUL bytes and bytes of another encoding.
 */
export async function scanFile(
  file: LandingFile,
  contract: Contract,
  { lineEnd, order }: FileHeader,
  signal?: AbortSignal,
): Promise<FileScan> {
  const hash = createHash('sha256');
  const text = new TextGate(file, contract);
  const columns = order.length;
  const scanner = new RecordScanner({
    dialect: contract,
    lineEnd,
    blankLinesCount: blankLinesCount(contract, columns),
    columns,
  });
  const options = { onRaw: (chunk: Buffer) => hash.update(chunk), ...(signal && { signal }) };
  const headers = contract.header && columns > 1 ? new HeaderSearch(contract.quote, lineEnd) : undefined;
  const push = (chunk: Buffer) => {
    headers?.push(chunk, scanner.line);
    scanner.push(chunk);
  };
  for await (const chunk of readChunks(file, options)) push(text.pass(chunk));
  push(text.end());
  headers?.end(scanner.line);
  const count = scanner.end();
  refuse(file, count);
  const misshapen = repeatedHeaderIn(file, headers?.line) ?? misshapenIn(file, count, columns);
  return {
    sha256: hash.digest('hex'),
    records: count.records - (contract.header && count.records > 0 ? 1 : 0),
    ...(misshapen && { misshapen }),
  };
}

/** As {@link scanFile}, and throws for a misshapen record as for all else that is wrong. */
export async function scanStrictly(...scanned: Parameters<typeof scanFile>): Promise<FileScan> {
  const scan = await scanFile(...scanned);
  if (scan.misshapen !== undefined) throw new ProblemError(scan.misshapen);
  return scan;
}

/** The hash of a file's bytes, for a file whose contract is not known yet. */
export async function hashFile(file: LandingFile, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const raw = { path: 'raw', absolute: file.absolute };
  for await (const chunk of readChunks(raw, { ...(signal && { signal }) })) hash.update(chunk);
  return hash.digest('hex');
}

function refuse(file: LandingFile, { openQuoteLine, mixedLine }: RecordCount): void {
  if (openQuoteLine !== undefined) {
    throw fileError(file.path, `ends inside a quote that opens on line ${openQuoteLine}`, {
      line: openQuoteLine,
      hint: 'Close the quote, or write a quote inside a value twice. The file may also be cut.',
    });
  }
  if (mixedLine !== undefined) {
    throw fileError(
      file.path,
      `has mixed line ends: line ${mixedLine} ends otherwise than the lines before`,
      {
        line: mixedLine,
        hint: 'Save it with one kind of line end, LF or CRLF; quote a value that holds a carriage return.',
      },
    );
  }
}

function repeatedHeaderIn(file: LandingFile, line: number | undefined): Problem | undefined {
  if (line === undefined) return undefined;
  return fileProblem(file.path, `repeats its header on line ${line}`, {
    line,
    hint: 'Remove that line: files seem to have been joined.',
  });
}

function misshapenIn(
  file: LandingFile,
  { wideLine, reopenedLine, longest }: RecordCount,
  columns: number,
): Problem | undefined {
  if (wideLine !== undefined) {
    return fileProblem(file.path, `has more than ${columns} fields on line ${wideLine}`, {
      line: wideLine,
      hint: 'Correct the line; a value that holds the delimiter has to be quoted.',
    });
  }
  if (reopenedLine !== undefined) {
    return fileProblem(file.path, `has text after a closing quote on line ${reopenedLine}`, {
      line: reopenedLine,
      hint: 'Write a quote inside a quoted value twice.',
    });
  }
  if (longest > longestRecord) {
    return fileProblem(file.path, `has a record of ${longest} bytes, more than the 16 MiB that are read`, {
      hint: 'Is there a quote that is closed much too late?',
    });
  }
  return undefined;
}
