import { join } from 'node:path';
import { type DuckDBConnection, quotedIdentifier, quotedString } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { WrittenFile } from '../engine.js';
import { runLong } from './statements.js';
import { type StorageColumn, sourceOf } from './storageColumns.js';
import { embedded } from './submission.js';

const format = 'FORMAT parquet, COMPRESSION zstd, RETURN_STATS';
/** The directory is new, so there is no file to protect by a temporary name. */
const singleFile = 'USE_TMP_FILE false';

/** Everything the steps of one write share. */
export interface Write {
  readonly connection: DuckDBConnection;
  readonly select: string;
  readonly columns: readonly StorageColumn[];
  readonly directory: string;
}

export const keptFile = 'data.parquet';

/** Writes the query's rows, or with `limit` the first of them, as stored columns. */
export function writeKept(write: Write, limit = ''): Promise<WrittenFile> {
  return copy(
    write,
    `SELECT ${conversions(write)} FROM (`,
    `) AS ${sourceOf(write.columns)} ${limit}`,
    keptFile,
  );
}

/** Writes the rows of `before`, the query and `after`, which make one SELECT, into one file. */
export async function copy(write: Write, before: string, after: string, name: string): Promise<WrittenFile> {
  const path = join(write.directory, name);
  const [file] = await copyTo(write, before, after, path, singleFile);
  if (file === undefined) throw new ProblemError(problem('internal', `No file was written to ${path}`));
  return file;
}

/** Writes the same to a path with options and tells each file that came of it. Throws EngineError. */
export async function copyTo(
  { connection, select }: Write,
  before: string,
  after: string,
  path: string,
  options: string,
): Promise<readonly WrittenFile[]> {
  const sql = embedded(
    `COPY (${before}`,
    select,
    `${after}) TO ${quotedString(path)} (${format}, ${options})`,
  );
  const statistics = await (await runLong(connection, sql)).getRowObjects();
  return statistics.map((file) => ({
    path: String(file.filename),
    rows: Number(file.count),
    bytes: Number(file.file_size_bytes),
  }));
}

/** The select list that turns the query's columns into stored ones. */
export function conversions({ columns }: Pick<Write, 'columns'>): string {
  return columns.map(({ name, converted }) => `${converted} AS ${quotedIdentifier(name)}`).join(', ');
}
