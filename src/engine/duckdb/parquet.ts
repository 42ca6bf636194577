import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type DuckDBConnection, quotedIdentifier, quotedString } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { SqlParser } from '../../sql/parser.js';
import type { ParquetWrite, ParquetWritten, WrittenFile } from '../engine.js';
import { readFooters } from './footers.js';
import { overflowIn } from './overflow.js';
import { inspect, run } from './statements.js';
import { asStored, columnsToStore, type StorageColumn, sourceOf } from './storageColumns.js';
import { embedded, type Submission, withoutFinalSemicolon } from './submission.js';

const format = 'FORMAT parquet, COMPRESSION zstd, RETURN_STATS';
/** The directory is new, so there is no file to protect by a temporary name. */
const singleFile = `${format}, USE_TMP_FILE false`;

/** Everything the steps of one write share. */
interface Write {
  readonly connection: DuckDBConnection;
  readonly select: string;
  readonly columns: readonly StorageColumn[];
  readonly directory: string;
}

/** See `EngineSession.writeParquet`. */
export async function writeParquet(
  connection: DuckDBConnection,
  parser: SqlParser,
  request: ParquetWrite,
): Promise<ParquetWritten> {
  const select = withoutFinalSemicolon(request.select);
  const columns = columnsToStore(await inspect(connection, embedded('', select, '')));
  const write = { connection, select, columns, directory: request.directory };
  // An ORDER BY is kept all the same; keeping the order of a scan would cost memory and processor time.
  await connection.run('SET SESSION preserve_insertion_order = false');
  try {
    const files =
      request.dropWhen === undefined
        ? { kept: await writeKept(write) }
        : await writeSplit(write, parser, request.dropWhen);
    await verify(write, files.kept);
    return { columns: columns.map(asStored), ...files };
  } catch (error) {
    throw (await overflowIn(connection, select, columns, error)) ?? error;
  }
}

async function writeKept(write: Write, limit = ''): Promise<WrittenFile> {
  return copy(
    write,
    `SELECT ${conversions(write)} FROM (`,
    `) AS ${sourceOf(write.columns)} ${limit}`,
    keptFile,
  );
}

const keptFile = 'data.parquet';
const droppedFile = 'dropped.parquet';

/**
 * Splits the rows in one pass. Partitions don't keep the order of a sorted query, so that one is written
 * whole and split from its file.
 */
async function writeSplit(
  write: Write,
  parser: SqlParser,
  dropWhen: string,
): Promise<{ readonly kept: WrittenFile; readonly dropped?: WrittenFile }> {
  const flag = unusedName('_drop', write.columns);
  const before =
    `SELECT ${conversions(write)}, ${flag} FROM ` + `(SELECT *, (\n${dropWhen}\n) IS TRUE AS ${flag} FROM (`;
  const after = `) AS ${sourceOf(write.columns)})`;
  return (await isSorted(parser, write.select))
    ? splitFromFile(write, before, after, flag)
    : splitByPartitions(write, before, after, flag);
}

async function splitByPartitions(write: Write, before: string, after: string, flag: string) {
  const folder = join(write.directory, 'split');
  await mkdir(folder);
  const options = `${format}, PARTITION_BY (${flag})`;
  const sql = embedded(`COPY (${before}`, write.select, `${after}) TO ${quotedString(folder)} (${options})`);
  const files = await writtenFiles(write.connection, sql);
  const dropped = await adopt(write, files, `${flag}=true`, droppedFile);
  const kept = await adopt(write, files, `${flag}=false`, keptFile);
  await rmdir(folder);
  return { kept: kept ?? (await writeKept(write, 'LIMIT 0')), ...(dropped && { dropped }) };
}

/** Gives the one file of a partition its name; undefined for a partition without rows. */
async function adopt(
  write: Write,
  files: readonly WrittenFile[],
  partition: string,
  name: string,
): Promise<WrittenFile | undefined> {
  const [file, second] = files.filter(({ path }) => basename(dirname(path)) === partition);
  if (file === undefined) return undefined;
  if (second !== undefined) throw new ProblemError(problem('internal', 'A partition has several files'));
  const path = join(write.directory, name);
  await rename(file.path, path);
  await rmdir(dirname(file.path));
  return { ...file, path };
}

async function splitFromFile(write: Write, before: string, after: string, flag: string) {
  const whole = await copy(write, before, after, 'whole.parquet');
  await write.connection.run('SET SESSION preserve_insertion_order = true');
  const part = (condition: string, name: string): Promise<WrittenFile> => {
    const rows = `SELECT * EXCLUDE (${flag}) FROM read_parquet(${quotedString(whole.path)}, hive_partitioning = false)`;
    return copy({ ...write, select: `${rows} WHERE ${condition}` }, '', '', name);
  };
  const kept = await part(`NOT ${flag}`, keptFile);
  const dropped = await part(flag, droppedFile);
  await rm(whole.path);
  if (dropped.rows > 0) return { kept, dropped };
  await rm(dropped.path);
  return { kept };
}

async function copy(write: Write, before: string, after: string, name: string): Promise<WrittenFile> {
  const path = join(write.directory, name);
  const sql = embedded(`COPY (${before}`, write.select, `${after}) TO ${quotedString(path)} (${singleFile})`);
  const [file] = await writtenFiles(write.connection, sql);
  if (file === undefined) throw new ProblemError(problem('internal', `No file was written to ${path}`));
  return file;
}

async function writtenFiles(connection: DuckDBConnection, sql: Submission): Promise<readonly WrittenFile[]> {
  const statistics = await (await run(connection, sql)).getRowObjects();
  return statistics.map((file) => ({
    path: String(file.filename),
    rows: Number(file.count),
    bytes: Number(file.file_size_bytes),
  }));
}

/** What the writer says and what the file says must agree: rows, names and types. */
async function verify(write: Write, kept: WrittenFile): Promise<void> {
  const [footer] = await readFooters(write.connection, [kept.path]);
  if (footer?.rows !== kept.rows) {
    throw new ProblemError(
      problem('lake.damaged', `${kept.rows} rows were written, the file has ${footer?.rows}`),
    );
  }
  write.columns.forEach((column, index) => {
    const found = footer.columns[index];
    if (found?.name === column.name && found.type === column.storedAs) return;
    throw new ProblemError(
      problem(
        'model.storage',
        `Column "${column.name}" of type ${column.type} would be stored as ${found?.type}`,
        {
          hint: `Cast it to a type that Parquet has, as CAST(${quotedIdentifier(column.name)} AS VARCHAR)`,
        },
      ),
    );
  });
}

/** The part of `json_serialize_sql`'s answer that tells of an ORDER BY around the whole SELECT. */
interface SelectTree {
  readonly statements: readonly [{ readonly node: { readonly modifiers: readonly { type: string }[] } }];
}

async function isSorted(parser: SqlParser, select: string): Promise<boolean> {
  const [outcome] = await parser.parse([select]);
  if (!outcome?.ok) return true;
  const { statements } = outcome.tree as unknown as SelectTree;
  return statements[0].node.modifiers.some(({ type }) => type === 'ORDER_MODIFIER');
}

function conversions({ columns }: Write): string {
  return columns.map(({ name, converted }) => `${converted} AS ${quotedIdentifier(name)}`).join(', ');
}

function unusedName(wish: string, columns: readonly StorageColumn[]): string {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  return taken.has(wish) ? unusedName(`_${wish}`, columns) : wish;
}
