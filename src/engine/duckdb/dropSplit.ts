import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { quotedIdentifier, quotedString } from '@duckdb/node-api';
import { ProblemError, problem } from '../../protocol/problem.js';
import { unusedName } from '../../sql/names.js';
import type { SqlParser } from '../../sql/parser.js';
import type { DroppedFile, DropRules, RowCounts, WrittenFile } from '../engine.js';
import { conversions, copy, copyTo, keptFile, type Write, writeKept } from './copyParquet.js';
import { breaksAny, brokenTexts, isBroken } from './failedRules.js';
import { countedIf } from './rowCounts.js';
import { inspect, runLong } from './statements.js';
import { columnsToStore, sourceOf } from './storageColumns.js';
import { embedded, withoutFinalSemicolon } from './submission.js';

export interface SplitFiles {
  readonly kept: WrittenFile;
  readonly dropped?: DroppedFile;
  readonly counts?: RowCounts;
}

const droppedFile = 'dropped.parquet';

/**
 * Parts the rows that break a rule from the others. The fastest way that is right for the query: a second run for
 * the few rows that go, else two partitions in one pass. Partitions don't keep the order of a sorted query, and
 * their rows must be asked once more which rules they broke: where one of these matters, the rows are written whole
 * and parted from that file.
 */
export async function writeSplit(
  write: Write,
  parser: SqlParser,
  drop: DropRules,
  count: boolean,
): Promise<SplitFiles> {
  const { again } = drop;
  if (again !== undefined) return splitByRunningAgain(write, drop, again);
  const askOnce = drop.volatile || write.columns.some(({ restored }) => restored === undefined);
  const split = askOnce || (await isSorted(parser, write.select)) ? splitFromFile : splitByPartitions;
  return split(write, drop, count);
}

/** The rows are counted apart, so that one which is in neither file, or in both, is noticed. */
async function splitByRunningAgain(write: Write, { rules }: DropRules, again: string): Promise<SplitFiles> {
  const given = await countRows(write);
  const goes = breaksAny(rules);
  const before = `SELECT ${conversions(write)} FROM (SELECT * FROM (`;
  const kept = await copy(write, before, `) AS ${sourceOf(write.columns)} WHERE NOT (${goes}))`, keptFile);
  const counts = { given };
  if (kept.rows === given) return { kept, counts };
  const select = withoutFinalSemicolon(again);
  const columns = columnsToStore(await inspect(write.connection, embedded('', select, '')));
  const failed = failedName(columns);
  const dropped = await copy(
    { ...write, select, columns },
    `SELECT ${conversions({ columns })}, ${failed.quoted} FROM (SELECT *, ${brokenTexts(rules)} AS ${failed.quoted} FROM (`,
    `) AS ${sourceOf(columns)} WHERE ${goes})`,
    droppedFile,
  );
  return { kept, dropped: { ...dropped, failed: failed.name }, counts };
}

async function countRows({ connection, select }: Write): Promise<number> {
  const result = await runLong(connection, embedded('SELECT count(*) FROM (', select, ')'));
  const [[rows] = []] = await result.getRows();
  return Number(rows);
}

async function splitByPartitions(write: Write, { rules }: DropRules, count: boolean): Promise<SplitFiles> {
  const flag = unusedName('_drop', namesOf(write));
  const folder = join(write.directory, 'split');
  await mkdir(folder);
  const { result: files, counts } = await countedIf(count, write, () =>
    copyTo(
      write,
      `SELECT ${conversions(write)}, ${flag} FROM (SELECT *, ${breaksAny(rules)} AS ${flag} FROM (`,
      `) AS ${sourceOf(write.columns)})`,
      folder,
      `PARTITION_BY (${flag})`,
    ),
  );
  const kept = await adopt(files, `${flag}=false`, join(write.directory, keptFile));
  const unexplained = await adopt(files, `${flag}=true`, join(write.directory, 'unexplained.parquet'));
  await rmdir(folder);
  const dropped = unexplained && (await explain(write, rules, unexplained));
  return {
    kept: kept ?? (await writeKept(write, 'LIMIT 0')),
    ...(dropped && { dropped }),
    ...(counts && { counts }),
  };
}

/** Gives the one file of a partition its name; undefined for a partition without rows. */
async function adopt(
  files: readonly WrittenFile[],
  partition: string,
  path: string,
): Promise<WrittenFile | undefined> {
  const [file, second] = files.filter((each) => basename(dirname(each.path)) === partition);
  if (file === undefined) return undefined;
  if (second !== undefined) throw new ProblemError(problem('internal', 'A partition has several files'));
  await rename(file.path, path);
  await rmdir(dirname(file.path));
  return { ...file, path };
}

/** Writes dropped rows again with the rules that they broke, as their query gave them. */
async function explain(write: Write, rules: DropRules['rules'], { path }: WrittenFile): Promise<DroppedFile> {
  const { columns } = write;
  const failed = failedName(columns);
  const restored = columns.map(({ name, restored }) => `${restored} AS ${quotedIdentifier(name)}`);
  const dropped = await copy(
    { ...write, select: `SELECT ${restored.join(', ')} FROM ${parquet(path)}` },
    `SELECT ${conversions(write)}, ${failed.quoted} FROM (SELECT *, ${brokenTexts(rules)} AS ${failed.quoted} FROM (`,
    `) AS ${sourceOf(columns)})`,
    droppedFile,
  );
  await rm(path);
  return { ...dropped, failed: failed.name };
}

/** Each rule is asked once for each row. */
async function splitFromFile(write: Write, { rules }: DropRules, count: boolean): Promise<SplitFiles> {
  const failed = failedName(write.columns);
  const taken = [...namesOf(write), failed.name];
  const answers = rules.map((_, index) => quotedIdentifier(unusedName(`_rule ${index}`, taken)));
  const asked = rules.map((rule, index) => `${isBroken(rule)} IS TRUE AS ${answers[index]}`);
  const texts = brokenTexts(rules, (_, index) => answers[index] ?? '');
  const { result: whole, counts } = await countedIf(count, write, () =>
    copy(
      write,
      `SELECT ${conversions(write)}, CASE WHEN ${answers.join(' OR ')} THEN ${texts} END AS ${failed.quoted} FROM (SELECT *, ${asked.join(', ')} FROM (`,
      `) AS ${sourceOf(write.columns)})`,
      'whole.parquet',
    ),
  );
  await write.connection.run('SET SESSION preserve_insertion_order = true');
  const part = (rows: string, name: string): Promise<WrittenFile> =>
    copy({ ...write, select: rows }, '', '', name);
  const source = parquet(whole.path);
  const kept = await part(
    `SELECT * EXCLUDE (${failed.quoted}) FROM ${source} WHERE ${failed.quoted} IS NULL`,
    keptFile,
  );
  const dropped = await part(`SELECT * FROM ${source} WHERE ${failed.quoted} IS NOT NULL`, droppedFile);
  await rm(whole.path);
  const files = { kept, ...(counts && { counts }) };
  if (dropped.rows > 0) return { ...files, dropped: { ...dropped, failed: failed.name } };
  await rm(dropped.path);
  return files;
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

function failedName(columns: Write['columns']): { readonly name: string; readonly quoted: string } {
  const name = unusedName('_failed', namesOf({ columns }));
  return { name, quoted: quotedIdentifier(name) };
}

function namesOf({ columns }: Pick<Write, 'columns'>): readonly string[] {
  return columns.map(({ name }) => name);
}

function parquet(path: string): string {
  return `read_parquet(${quotedString(path)}, hive_partitioning = false)`;
}
