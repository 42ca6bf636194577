import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { quotedString } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import type { SqlParser } from '../../sql/parser.js';
import type { WrittenFile } from '../engine.js';
import { conversions, copy, copyTo, keptFile, type Write, writeKept } from './copyParquet.js';
import { type StorageColumn, sourceOf } from './storageColumns.js';

export interface SplitFiles {
  readonly kept: WrittenFile;
  readonly dropped?: WrittenFile;
}

const droppedFile = 'dropped.parquet';

/**
 * Splits the rows in one pass. Partitions don't keep the order of a sorted query, so that one is written
 * whole and split from its file.
 */
export async function writeSplit(write: Write, parser: SqlParser, dropWhen: string): Promise<SplitFiles> {
  const flag = unusedName('_drop', write.columns);
  const before =
    `SELECT ${conversions(write)}, ${flag} FROM ` + `(SELECT *, (\n${dropWhen}\n) IS TRUE AS ${flag} FROM (`;
  const after = `) AS ${sourceOf(write.columns)})`;
  return (await isSorted(parser, write.select))
    ? splitFromFile(write, before, after, flag)
    : splitByPartitions(write, before, after, flag);
}

async function splitByPartitions(
  write: Write,
  before: string,
  after: string,
  flag: string,
): Promise<SplitFiles> {
  const folder = join(write.directory, 'split');
  await mkdir(folder);
  const files = await copyTo(write, before, after, folder, `PARTITION_BY (${flag})`);
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

async function splitFromFile(write: Write, before: string, after: string, flag: string): Promise<SplitFiles> {
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

function unusedName(wish: string, columns: readonly StorageColumn[]): string {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  return taken.has(wish) ? unusedName(`_${wish}`, columns) : wish;
}
