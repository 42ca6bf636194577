import { join, relative, sep } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';
import type { ResultColumn } from '../protocol/result.js';
import type { LakeContext } from './context.js';
import { removeLeftover } from './durable.js';
import type { KeptRejects, TableVersion, VersionFile } from './manifest.js';
import { fileCallsAtOnce, inParallel } from './parallel.js';
import { parseTableName, type TableName } from './tableName.js';

declare const state: unique symbol;

/** A version being written: an empty folder for its files. */
export interface Staged {
  readonly [state]: 'staged';
  /** `layer.name` as its model spells it. */
  readonly name: string;
  readonly table: TableName;
  readonly directory: string;
  /** A folder beside it for what is only needed to make it; whoever needs it makes it. */
  readonly work: string;
}

/** A version whose files hold what their writer said. Only {@link verify} makes one. */
export interface Verified {
  readonly [state]: 'verified';
  readonly name: string;
  readonly table: TableName;
  readonly directory: string;
  readonly quarantineDirectory: string;
  readonly files: readonly VersionFile[];
  readonly quarantine: readonly VersionFile[];
  readonly rejectsDirectory: string;
  readonly rejects?: KeptRejects;
  readonly columns: TableVersion['columns'];
}

/** What the engine said of the files it wrote into a staged folder. */
export interface Written {
  readonly columns: TableVersion['columns'];
  readonly files: readonly WrittenFile[];
  /** Rows that `drop` checks took out. */
  readonly quarantine?: readonly WrittenFile[];
  /** Records of landing files that did not fit; their files are in the work folder. */
  readonly rejects?: { readonly records: number; readonly files: readonly WrittenFile[] };
}

export interface WrittenFile {
  /** Absolute, in the staged folder. */
  readonly path: string;
  readonly rows: number;
}

/** Reads the footers of Parquet files, in any order. */
export type ReadFooters = (
  files: readonly string[],
) => Promise<
  readonly { readonly file: string; readonly rows: number; readonly columns: readonly ResultColumn[] }[]
>;

/** Makes an empty folder for a new version of a table, below the writer's own staging folder. */
export async function stage(
  { fileSystem, layout }: LakeContext,
  token: string,
  serial: number,
  name: string,
): Promise<Staged> {
  const table = parseTableName(name);
  const directory = join(layout.stagingOf(token), `${serial}-${table.layer}.${table.table}`);
  await fileSystem.mkdir(directory);
  return { name, table, directory, work: `${directory}.work` } as Staged;
}

/**
 * Holds the staged files against what their writer said: no other file is there, and each footer has the
 * rows and the column names. Throws a ProblemError `lake.unverified`, and what `readFooters` throws.
 */
export async function verify(
  context: LakeContext,
  staged: Staged,
  written: Written,
  readFooters: ReadFooters,
): Promise<Verified> {
  if (written.files.length === 0) throw unverified(staged, 'it has no file');
  const quarantined = written.quarantine ?? [];
  const inFolder = [...written.files, ...quarantined];
  await assertNothingElse(context, staged, inFolder);
  const all = [...inFolder, ...(written.rejects?.files ?? [])];
  const footers = new Map((await readFooters(all.map((file) => file.path))).map((one) => [one.file, one]));
  const names = written.columns.map((column) => column.name).join('\n');
  for (const { path, rows } of all) {
    const footer = footers.get(path);
    if (footer?.rows !== rows) {
      throw unverified(staged, `${path} has ${footer?.rows ?? 'no'} rows instead of ${rows}`);
    }
  }
  for (const { path } of written.files) {
    if (
      footers
        .get(path)
        ?.columns.map((column) => column.name)
        .join('\n') !== names
    ) {
      throw unverified(staged, `${path} has other columns than its query`);
    }
  }
  const quarantineDirectory = `${staged.directory}.quarantine`;
  const quarantine = await setApart(context, staged, quarantined, quarantineDirectory, ({ path }) =>
    nameIn(staged, staged.directory, path),
  );
  const files = await inParallel(written.files, fileCallsAtOnce, ({ path, rows }) =>
    describe(context, staged, staged.directory, path, rows),
  );
  const rejectsDirectory = `${staged.directory}.rejects`;
  const rejected = await setApart(
    context,
    staged,
    written.rejects?.files ?? [],
    rejectsDirectory,
    (_, index) => `${index + 1}.parquet`,
  );
  await removeLeftover(context, staged.work);
  const { name, table, directory } = staged;
  return {
    name,
    table,
    directory,
    quarantineDirectory,
    files,
    quarantine,
    rejectsDirectory,
    ...(written.rejects && { rejects: { records: written.rejects.records, files: rejected } }),
    columns: written.columns,
  } as unknown as Verified;
}

/** Throws away a version that will not be published. */
export async function discard(context: LakeContext, staged: Staged | Verified): Promise<void> {
  await removeLeftover(context, staged.directory);
  for (const beside of ['quarantine', 'rejects', 'work'])
    await removeLeftover(context, `${staged.directory}.${beside}`);
}

async function assertNothingElse(
  { fileSystem }: LakeContext,
  staged: Staged,
  files: readonly WrittenFile[],
): Promise<void> {
  const named = files.map((file) => nameIn(staged, staged.directory, file.path).split('/')[0]);
  const other = (await fileSystem.list(staged.directory)).find((name) => !named.includes(name));
  if (other !== undefined) throw unverified(staged, `its folder holds ${other}, which was not announced`);
}

/** A version's folder can be what outsiders read as a table, so what is kept beside it has folders of its own. */
async function setApart(
  context: LakeContext,
  staged: Staged,
  files: readonly WrittenFile[],
  directory: string,
  nameOf: (file: WrittenFile, index: number) => string,
): Promise<VersionFile[]> {
  if (files.length === 0) return [];
  await context.fileSystem.mkdir(directory);
  return inParallel([...files.entries()], fileCallsAtOnce, async ([index, file]) => {
    const moved = join(directory, nameOf(file, index));
    await context.fileSystem.rename(file.path, moved);
    return describe(context, staged, directory, moved, file.rows);
  });
}

async function describe(
  { fileSystem }: LakeContext,
  staged: Staged,
  directory: string,
  path: string,
  rows: number,
): Promise<VersionFile> {
  const status = await fileSystem.status(path);
  if (status?.kind !== 'file') throw unverified(staged, `${path} is no file`);
  const { bytes, modifiedMs, inode } = status;
  const name = nameIn(staged, directory, path);
  return { name, rows, bytes, modifiedMs, inode, sha256: await fileSystem.sha256(path) };
}

function nameIn(staged: Staged, directory: string, path: string): string {
  const name = relative(directory, path).split(sep).join('/');
  if (name.startsWith('../') || name === '' || !name.endsWith('.parquet')) {
    throw unverified(staged, `${path} is not a Parquet file in its folder`);
  }
  return name;
}

function unverified(staged: Staged, reason: string): ProblemError {
  return new ProblemError(
    problem('lake.unverified', `The new version of ${staged.name} was not published: ${reason}.`, {
      hint: 'The disk or the engine did not keep what was written. Run again; if it stays, report it.',
    }),
  );
}
