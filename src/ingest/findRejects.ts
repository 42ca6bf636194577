import { join } from 'node:path';
import type { EngineSession } from '../engine/engine.js';
import type { ProblemError } from '../protocol/problem.js';
import { quoteLiteral } from '../sql/names.js';
import { CleanCopy } from './cleanCopy.js';
import type { Contract } from './contractSchema.js';
import { fileError } from './fileProblem.js';
import { misfitsOf } from './misfits.js';
import { misshapeOf } from './misshapen.js';
import type { HeadedFile, ReadableFile } from './read.js';
import { RejectLog } from './rejectLog.js';
import { type FileRecord, walkFile } from './walkFile.js';

/** A file and what is known of it. */
export interface SuspectFile {
  readonly file: HeadedFile;
  /** Counted without the engine. */
  readonly records: number;
  /** How many of its records are known to be misshapen; undefined where that is not known. */
  readonly misshapen: number | undefined;
  /** Every value of its records is known to have its column's type. */
  readonly hasNoMisfit: boolean;
}

export interface Search {
  readonly contract: Contract;
  readonly session: EngineSession;
  /** A folder of its own, for the copies and what was found. */
  readonly directory: string;
  /** The search ends when more records are rejected. */
  readonly bound: number;
  readonly signal?: AbortSignal | undefined;
}

/** How many records of a file are rejected, by what is at fault. */
export interface FileRejects {
  readonly misshapen: number;
  readonly misfits: number;
}

export interface FoundRejects {
  /** One for each file, in order. */
  readonly files: readonly ReadableFile[];
  readonly counts: readonly FileRejects[];
  /** The search ended before the last record: there may be more. */
  readonly isPartial: boolean;
  /** How many records the search has looked at. */
  readonly lookedAt: number;
  /** Of {@link LoggedRecord}s. */
  readonly log: string;
}

/** The temporary table of the search's session with what {@link misfitsOf} gave; none where `misfits` are 0 everywhere. */
export const misfitTable = 'landing_misfits';

/**
 * Finds every record that does not fit: first by our own reading of the files those that can't be told apart
 * into columns, then by the engine's reading of the others the values that do not have their type. Throws
 * EngineError, and a ProblemError as {@link walkFile} does.
 */
export async function findRejects(suspects: readonly SuspectFile[], search: Search): Promise<FoundRejects> {
  const log = new RejectLog(join(search.directory, 'rejects.ndjson'));
  try {
    const shapes = new ShapeSearch(search, log);
    for (const suspect of suspects) await shapes.look(suspect);
    const { files, misshapen, lookedAt, isPartial } = shapes;
    const misfits = isPartial
      ? { counts: suspects.map(() => 0), lookedAt, isPartial }
      : await findMisfits(suspects, files, search, log, shapes.found);
    return {
      files,
      counts: suspects.map((_, index) => ({
        misshapen: misshapen[index] ?? 0,
        misfits: misfits.counts[index] ?? 0,
      })),
      isPartial: misfits.isPartial,
      lookedAt: misfits.lookedAt,
      log: join(search.directory, 'rejects.ndjson'),
    };
  } finally {
    log.close();
  }
}

/** Looks at files one after the other for misshapen records. */
class ShapeSearch {
  readonly files: ReadableFile[] = [];
  readonly misshapen: number[] = [];
  found = 0;
  lookedAt = 0;
  readonly #search: Search;
  readonly #log: RejectLog;

  constructor(search: Search, log: RejectLog) {
    this.#search = search;
    this.#log = log;
  }

  get isPartial(): boolean {
    return this.found > this.#search.bound;
  }

  async look({ file, records, misshapen }: SuspectFile): Promise<void> {
    if (this.isPartial) return;
    const count = misshapen ?? (await this.#count(file, records));
    const copy = count === 0 ? undefined : join(this.#search.directory, `${this.files.length}.csv`);
    if (copy === undefined) this.lookedAt += records;
    else await this.#setApart(file, records, copy);
    this.files.push(copy === undefined ? file : { ...file, copy });
    this.misshapen.push(count);
  }

  async #count(file: HeadedFile, records: number): Promise<number> {
    const { contract, signal } = this.#search;
    let count = 0;
    const visit = (record: FileRecord) => {
      if (misshapeOf(record, file.header.order.length) !== undefined) count += 1;
    };
    requireSame(file, records, await walkFile(file, contract, visit, { signal }));
    return count;
  }

  async #setApart(file: HeadedFile, records: number, copy: string): Promise<void> {
    const { contract, signal } = this.#search;
    const clean = new CleanCopy(copy, contract, file.header.order.length);
    try {
      const walked = await walkFile(
        file,
        contract,
        (record) => {
          if (this.isPartial) return;
          this.lookedAt += 1;
          const misshape = misshapeOf(record, file.header.order.length);
          if (misshape === undefined) clean.add(record);
          else {
            this.found += 1;
            this.#log.add(file.path, record, contract.encoding, misshape);
          }
        },
        { signal, isDone: () => this.isPartial },
      );
      if (!this.isPartial) requireSame(file, records, walked);
    } finally {
      clean.close();
    }
  }
}

function readTwice({ path }: HeadedFile, what: string): ProblemError {
  return fileError(path, what, {
    hint: 'Nothing of it was published. Run again when nobody writes it; if it stays, please report it.',
  });
}

/** Two counts of one file that do not depend on each other. */
function requireSame(file: HeadedFile, records: number, walked: number): void {
  if (walked !== records)
    throw readTwice(file, `has ${records} records by one count and ${walked} by another`);
}

interface FoundMisfits {
  readonly counts: readonly number[];
  readonly lookedAt: number;
  readonly isPartial: boolean;
}

async function findMisfits(
  suspects: readonly SuspectFile[],
  files: readonly ReadableFile[],
  search: Search,
  log: RejectLog,
  found: number,
): Promise<FoundMisfits> {
  const { session, contract, bound, signal } = search;
  const options = signal === undefined ? {} : { signal };
  const records = suspects.reduce((sum, suspect) => sum + suspect.records, 0);
  const unsure = files.filter((_, index) => suspects[index]?.hasNoMisfit !== true);
  const limit = bound + 1 - found;
  const query = unsure.length === 0 ? undefined : misfitsOf(unsure, contract, limit);
  if (query === undefined) return { counts: suspects.map(() => 0), lookedAt: records, isPartial: false };
  await session.execute(`CREATE OR REPLACE TEMP TABLE ${misfitTable} AS ${query}`, options);
  const counts = suspects.map(() => 0);
  let sum = 0;
  let lookedAt = 0;
  for (const [index, file] of files.entries()) {
    const rows = unsure.includes(file) ? await rowsOf(session, file, options) : [];
    await locate(file, rows, search, log);
    counts[index] = rows.length;
    sum += rows.length;
    // The records of wrong type that were found are the first ones.
    if (sum >= limit) return { counts, lookedAt: lookedAt + (rows.at(-1) ?? 0), isPartial: true };
    lookedAt += suspects[index]?.records ?? 0;
  }
  return { counts, lookedAt, isPartial: false };
}

async function rowsOf(
  session: EngineSession,
  { path }: HeadedFile,
  options: { readonly signal?: AbortSignal },
): Promise<readonly number[]> {
  const query = `SELECT DISTINCT _row FROM ${misfitTable} WHERE _file = ${quoteLiteral(path)} ORDER BY _row`;
  const rows: number[] = [];
  const result = await session.rowBlocks(query, Number.MAX_SAFE_INTEGER, options);
  for await (const block of result.blocks) for (const [row] of block) rows.push(Number(row));
  return rows;
}

/** Logs the wanted records of a file, which are in order. */
async function locate(
  file: HeadedFile,
  wanted: readonly number[],
  { contract, signal }: Search,
  log: RejectLog,
): Promise<void> {
  if (wanted.length === 0) return;
  let next = 0;
  const visit = (record: FileRecord) => {
    if (record.row !== wanted[next]) return;
    next += 1;
    log.add(file.path, record, contract.encoding);
  };
  await walkFile(file, contract, visit, { signal, isDone: () => next === wanted.length });
  if (next < wanted.length) throw readTwice(file, `has no record ${wanted[next]} any more`);
}
