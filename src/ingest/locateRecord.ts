import type { Contract } from './contractSchema.js';
import { readChunks } from './fileBytes.js';
import { excerpt } from './fileProblem.js';
import type { LandingFile } from './landingFiles.js';
import type { HeadedFile } from './read.js';
import { RecordScanner } from './recordScanner.js';

const excerptBytes = 500;

/** A record as people find it in an editor. */
export interface LocatedRecord {
  /** Of the text, from 1. */
  readonly line: number;
  /** The beginning of its text, in one line. */
  readonly text: string;
}

/**
 * Finds the n-th record of a file, header included; `blankLinesCount` says whether blank lines were counted.
 * Undefined when the file has fewer.
 */
export async function locateRecord(
  file: HeadedFile,
  contract: Contract,
  wanted: number,
  blankLinesCount: boolean,
): Promise<LocatedRecord | undefined> {
  const { lineEnd, order } = file.header;
  const columns = order.length;
  const scanner = new RecordScanner({ dialect: contract, lineEnd, blankLinesCount, columns, wanted });
  for await (const chunk of textChunks(file, contract)) {
    scanner.push(chunk);
    if (scanner.place !== undefined) break;
  }
  if (scanner.place === undefined) scanner.end();
  if (scanner.place === undefined) return undefined;
  const { line, offset } = scanner.place;
  const bytes = await bytesAt(file, contract, offset);
  const text =
    bytes.toString(contract.encoding === 'latin-1' ? 'latin1' : 'utf8').split(/[\r\n]/, 1)[0] ?? '';
  return { line, text: excerpt(text) };
}

async function bytesAt(file: LandingFile, contract: Contract, offset: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let at = 0;
  for await (const chunk of textChunks(file, contract)) {
    const from = Math.max(0, offset - at);
    at += chunk.length;
    if (from < chunk.length) parts.push(chunk.subarray(from));
    if (at >= offset + excerptBytes) break;
  }
  return Buffer.concat(parts).subarray(0, excerptBytes);
}

async function* textChunks(file: LandingFile, contract: Contract): AsyncGenerator<Buffer> {
  if (contract.encoding !== 'utf-16') {
    yield* readChunks(file);
    return;
  }
  const decoder = new TextDecoder('utf-16le');
  for await (const chunk of readChunks(file)) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
